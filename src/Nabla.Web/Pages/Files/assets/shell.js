// What every page has: theme, dialogs, keys.

import { $, element, toast } from "./dom.js";

const key = "nabla-theme";

function isDark() {
  return (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

export function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser without storage forgets.
  }
}

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Wires the bar; keys are single letters that work outside of fields. */
export function shell(keys = {}, themed = () => {}) {
  const turn = () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    store(key, document.documentElement.dataset.theme);
    themed();
  };
  $("theme").addEventListener("click", turn);
  for (const name of ["gallery", "history", "help"]) {
    const button = $(`open-${name}`), dialog = $(name);
    if (!button || !dialog) continue;
    button.addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("click", event => event.target === dialog && dialog.close());
  }
  const all = { t: turn, g: () => $("open-gallery")?.click(), h: () => $("open-history")?.click(), "?": () => $("open-help")?.click(), ...keys };
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && event.target.matches?.("input, textarea, select")) event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select") || document.querySelector("dialog[open]")) return;
    if (all[event.key]) {
      event.preventDefault();
      all[event.key]();
    }
  });
  addEventListener("unhandledrejection", () => toast("Something went wrong on this page"));
}

/** Cards in a dialog, each of which does something and closes it. */
export function cards(holder, dialog, entries, choose) {
  holder.replaceChildren(element("div", { class: "cards" }, entries.map(entry => element("button", { type: "button", onclick: () => { dialog.close(); choose(entry); } }, element("b", {}, entry.title), element("code", {}, entry.text)))));
}
