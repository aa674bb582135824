// Building and filling the page; what the server writes is parsed, never run.

export const $ = id => document.getElementById(id);

/** An element with properties (those that begin with "on" are listeners, others attributes) and children. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

/** The formula that a text of MathML holds. */
export function formula(mathml) {
  const parsed = new DOMParser().parseFromString(mathml.replaceAll("&#x2062;", "\u2062").replaceAll("&#x2061;", "\u2061"), "text/html");
  return settled(document.importNode(parsed.querySelector("math"), true));
}

const brackets = new Set(["(", ")", "|", "‖", "[", "]"]);

// Browsers keep the width of the largest form of a bracket that may stretch; around low formulas none needs to.
function settled(node) {
  for (const sign of node.querySelectorAll?.("mo") ?? [])
    if (brackets.has(sign.textContent) && !sign.parentElement.querySelector("mfrac, mtable, munder > mo:first-child")) sign.setAttribute("stretchy", "false");
  return node;
}

/** The nodes of a fragment of HTML. */
export function fragment(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const math of parsed.querySelectorAll("math")) math.setAttribute("displaystyle", "true");
  return [...parsed.body.childNodes].map(node => settled(document.importNode(node, true)));
}

/** A shape as people read it. */
export const shapeText = (shape, kind) =>
  shape.length === 0 ? "scalar" : kind === "row" ? `1 × ${shape[0]}` : shape.join(" × ");

export function toast(text) {
  const note = element("div", { class: "toast", role: "status" }, text);
  document.body.append(note);
  setTimeout(() => note.remove(), 1600);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast("The browser does not allow copying");
  }
}

/** A group of radio buttons drawn as one bar. */
export function segments(holder, name, options, chosen, choose) {
  holder.replaceChildren(...options.map(([value, label]) => element("label", {},
    element("input", { type: "radio", name, value, checked: value === chosen, onchange: () => choose(value) }), label)));
}

/** Calls a function once, a while after the last call. */
export function later(milliseconds, call) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...values), milliseconds);
  };
}

/** Tabs by the rules of WAI-ARIA: arrows move, the chosen panel shows. */
export function tabs(list, choose) {
  const all = [...list.querySelectorAll("[role=tab]")];
  const select = (tab, focus) => {
    for (const other of all) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
      $(other.getAttribute("aria-controls")).hidden = true;
    }
    $(tab.getAttribute("aria-controls")).hidden = false;
    list.scrollLeft += tab.getBoundingClientRect().left - list.getBoundingClientRect().left - 40;
    if (focus) tab.focus();
    choose(tab.id.slice(4));
  };
  all.forEach((tab, i) => {
    tab.addEventListener("click", () => select(tab, false));
    tab.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) select(all[(i + step + all.length) % all.length], true);
    });
  });
  return name => select($(`tab-${name}`) ?? all[0], false);
}
