// Matrices as tables: typed, pasted, drawn; results as numbers on a heat map.

import { element } from "./dom.js";

/** A table of numbers in a text: from a spreadsheet, a CSV file, or the notation. Null where it is none. */
export function parseTable(text) {
  const rows = text.trim().replace(/^\[+|\]+$/g, "").split(/\r?\n|;|\]\s*,\s*\[/).map(row => row.trim()).filter(row => row && !row.startsWith("#"));
  const table = rows.map(row => row.split(/[\t,\s]+/).filter(entry => entry !== "").map(Number));
  const columns = table[0]?.length ?? 0;
  return columns > 0 && table.every(row => row.length === columns && row.every(Number.isFinite)) ? table : null;
}

export const shown = value => {
  if (typeof value !== "number") return value && typeof value === "object" ? complexText(value) : String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3).replace("e+", "e");
  return String(Number(value.toPrecision(5)));
};

const complexText = ({ re, im }) => `${shown(re)} ${im < 0 ? "−" : "+"} ${shown(Math.abs(im))}i`;

/** A grid of fields for a matrix of given sizes; change is called with the table after every edit, resize when a table of other sizes is pasted. */
export function grid(name, label, table, change, resize) {
  const fields = table.map((row, i) => row.map((value, j) => element("input", {
    type: "text", inputmode: "decimal", "aria-label": `${name}, row ${i + 1}, column ${j + 1}`, autocomplete: "off",
    value: String(value),
    oninput: event => {
      const entry = Number(event.target.value.replace("−", "-").replace(",", "."));
      const isNumber = event.target.value.trim() !== "" && Number.isFinite(entry);
      event.target.classList.toggle("bad", !isNumber);
      if (isNumber) {
        table[i][j] = entry;
        change(table);
      }
    },
    onkeydown: event => {
      const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], Enter: [1, 0] }[event.key] ?? [0, 0];
      const next = fields[i + down]?.[j + right];
      if ((down || right) && next) {
        event.preventDefault();
        next.focus();
        next.select();
      }
    },
    onfocus: event => event.target.select(),
    onpaste: event => {
      const pasted = parseTable(event.clipboardData.getData("text"));
      if (!pasted || pasted.length * pasted[0].length === 1) return;
      event.preventDefault();
      resize(pasted);
    },
  })));
  return element("div", { class: "matrix" }, element("div", { class: "name" }, label),
    element("div", { class: "scroll" }, element("table", { role: "presentation" }, fields.map(row => element("tr", {}, row.map(field => element("td", {}, field)))))));
}

const depth = value => Array.isArray(value) ? 1 + depth(value[0]) : 0;
const largest = value => Array.isArray(value) ? value.reduce((most, entry) => Math.max(most, largest(entry)), 0) : Math.abs(typeof value === "object" ? Math.hypot(value.re, value.im) : Number(value)) || 0;

function entry(value, scale, isHot) {
  const cell = element("td", { class: "entry" }, shown(value));
  if (isHot && scale > 0 && typeof value === "number") cell.style.background = `rgb(var(${value > 0 ? "--hot" : "--cold"}) / ${(65 * Math.abs(value) / scale).toFixed(0)}%)`;
  return cell;
}

const mostShown = 40;

function table(rows, scale, isHot, label) {
  const cut = rows.slice(0, mostShown).map(row => row.slice(0, mostShown));
  const more = rows.length > mostShown || rows[0].length > mostShown;
  return element("div", { class: "matrix" },
    element("div", { class: "name" }, label, more ? ` (the first ${mostShown} rows and columns)` : ""),
    element("div", { class: "scroll" }, element("table", { "aria-label": label }, cut.map(row => element("tr", {}, row.map(value => entry(value, scale, isHot)))))));
}

/** A value as tables: a tensor of four axes as blocks, and beside them its flattened matrix. */
export function valueTables(value, label, isHot, isRow = false) {
  const scale = largest(value);
  switch (depth(value)) {
    case 0: return [table([[value]], 0, false, label)];
    case 1: return [table(isRow ? [value] : value.map(v => [v]), scale, isHot, label)];
    case 2: return [table(value, scale, isHot, label)];
    case 3: return value.slice(0, 12).map((slice, i) => table(slice, scale, isHot, `${label}, entry ${i + 1} of the function`));
    default: return depth(value) === 4 ? [blocks(value, scale, isHot, label), table(flattened(value), scale, isHot, `${label}, as a matrix: vec of the function by vec of the variable`)] : [element("p", { class: "hint" }, `${label} has ${depth(value)} axes; its entries are in the answer of the interface.`)];
  }
}

function blocks(value, scale, isHot, label) {
  const rows = value.slice(0, 12).map(row => element("tr", {}, row.slice(0, 12).map(block =>
    element("td", { class: "block" }, element("table", { role: "presentation" }, block.slice(0, 12).map(line => element("tr", {}, line.slice(0, 12).map(v => entry(v, scale, isHot)))))))));
  return element("div", { class: "matrix blocks" }, element("div", { class: "name" }, `${label}: a block for each entry of the function`), element("div", { class: "scroll" }, element("table", { role: "presentation" }, rows)));
}

/** The Jacobian of vec F by vec X: columns are stacked. */
export function flattened(value) {
  const [m, n, p, q] = [value.length, value[0].length, value[0][0].length, value[0][0][0].length];
  return Array.from({ length: m * n }, (_, r) => Array.from({ length: p * q }, (_, c) => value[r % m][Math.floor(r / m)][c % p][Math.floor(c / p)]));
}
