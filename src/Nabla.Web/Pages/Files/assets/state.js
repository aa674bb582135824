// The whole state of a page lives in the fragment of its address, which is never sent to the server.

export function readState(defaults) {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(Object.entries(defaults).map(([key, value]) => {
    const text = given.get(key);
    if (text === null) return [key, structuredClone(value)];
    if (typeof value === "string") return [key, text];
    try {
      const parsed = JSON.parse(text);
      return [key, typeof parsed === typeof value && Array.isArray(parsed) === Array.isArray(value) && parsed !== null ? parsed : structuredClone(value)];
    } catch {
      return [key, structuredClone(value)];
    }
  }));
}

/** The fragment that brings a state back; what is as always is left out. */
export function fragmentOf(state, defaults) {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const usual = typeof value === "string" ? defaults[key] : JSON.stringify(defaults[key]);
    if (text !== usual) parts.set(key, text);
  }
  return parts.toString();
}

export function writeState(state, defaults) {
  const text = fragmentOf(state, defaults);
  if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname);
}
