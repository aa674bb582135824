// The HTTP interface.

/** Asks a question; gives the answer, whose "ok" says whether there is one. Throws an AbortError when it is given up. */
export async function ask(question, body, signal) {
  for (let attempt = 0; ; attempt++) {
    let response;
    try {
      response = await fetch(`/api/${question}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      return { ok: false, error: { code: "network", message: "The server does not answer." } };
    }
    if ((response.status !== 503 && response.status !== 429) || attempt === 3) return await response.json();
    await new Promise(done => setTimeout(done, 250 << attempt));
  }
}

/** Asks one question at a time: a new one takes the place of the one under way. */
export function channel() {
  let current = null;
  return async (question, body) => {
    current?.abort();
    const mine = current = new AbortController();
    try {
      return await ask(question, body, mine.signal);
    } catch (error) {
      if (error.name === "AbortError") return null;
      throw error;
    } finally {
      if (current === mine) current = null;
    }
  };
}
