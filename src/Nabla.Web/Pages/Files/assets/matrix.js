// The matrix page.

import { $, copy, element, formula, fragment, later, tabs, toast } from "./dom.js";
import { ask } from "./api.js";
import { readNpy } from "./npy.js";
import { plane, space } from "./picture.js";
import { cards, shell } from "./shell.js";
import { fragmentOf, readState, writeState } from "./state.js";
import { grid, parseTable, shown, valueTables } from "./values.js";

const defaults = { a: [[2, 1], [1, 3]], b: [[1], [2]], tab: "reduction" };
const most = 12;
const examples = [
  ["Symmetric", [[2, 1], [1, 3]]], ["Rotation", [[0.6, -0.8], [0.8, 0.6]]], ["Shear", [[1, 1], [0, 1]]], ["Projection", [[0.5, 0.5], [0.5, 0.5]]],
  ["Reflection", [[0, 1], [1, 0]]], ["Singular", [[1, 2, 3], [4, 5, 6], [7, 8, 9]]], ["Positive definite", [[4, 2, 1], [2, 5, 3], [1, 3, 6]]], ["Hilbert", [[1, 0.5, 0.25], [0.5, 0.25, 0.2], [0.25, 0.2, 0.125]]],
  ["Defective", [[3, 1, 0], [0, 3, 1], [0, 0, 3]]], ["Markov chain", [[0.9, 0.2, 0.1], [0.05, 0.7, 0.2], [0.05, 0.1, 0.7]]], ["Complex eigenvalues", [[0, -1, 0], [1, 0, 0], [0, 0, 2]]], ["Tall", [[1, 1], [1, 2], [1, 3], [1, 4]]],
  ["Wide, rank 2", [[1, 2, 1, 0], [0, 1, 1, 1], [1, 3, 2, 1]]], ["Circulant", [[4, 1, 0, 1], [1, 4, 1, 0], [0, 1, 4, 1], [1, 0, 1, 4]]],
];

// What each tab asks and how it reads: names of results with their labels, the formula above, the question whose steps are told.
const panels = {
  reduction: { formula: "<mi>R</mi><mo>=</mo><mi>rref</mi><mo>(</mo><mi>A</mi><mo>)</mo>", asks: { "R, reduced row echelon form": "rref(A)" }, steps: "rref(A)" },
  solve: { formula: "<mi>A</mi><mi>x</mi><mo>=</mo><mi>b</mi>", asks: () => isSquare() ? { x: "A \\ b" } : { "x, least squares": "lstsq(A, b)" }, steps: () => isSquare() ? "A \\ b" : "lstsq(A, b)", hasRight: true },
  inverse: { formula: "<msup><mi>A</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup>", asks: () => isSquare() ? { "A⁻¹": "inv(A)" } : { "A⁺, pseudoinverse": "pinv(A)" }, steps: "inv(A)" },
  determinant: { formula: "<mi>det</mi><mi>A</mi>", asks: { det: "det(A)" }, steps: "det(A)" },
  lu: { formula: "<mi>A</mi><mo>=</mo><mi>P</mi><mi>L</mi><mi>U</mi>", asks: { "P|L|U": "P, L, U = lu(A)" }, steps: "P, L, U = lu(A)" },
  qr: { formula: "<mi>A</mi><mo>=</mo><mi>Q</mi><mi>R</mi>", asks: { "Q|R": "Q, R = qr(A)" }, steps: "Q, R = qr(A)" },
  cholesky: { formula: "<mi>A</mi><mo>=</mo><mi>L</mi><msup><mi>L</mi><mo>⊤</mo></msup>", asks: { L: "chol(A)" }, steps: "L = chol(A)" },
  eigen: { formula: "<mi>A</mi><mi>V</mi><mo>=</mo><mi>V</mi><mi>diag</mi><mo>(</mo><mi>w</mi><mo>)</mo>", asks: { "w, eigenvalues|V, eigenvectors in columns": "w, V = eig(A)" }, steps: "w, V = eig(A)" },
  svd: { formula: "<mi>A</mi><mo>=</mo><mi>U</mi><mi>diag</mi><mo>(</mo><mi>s</mi><mo>)</mo><msup><mi>V</mi><mo>⊤</mo></msup>", asks: { "U|s, singular values|V": "U, s, V = svd(A)" }, steps: "U, s, V = svd(A)" },
  subspaces: { formula: "<mi>R</mi><mo>(</mo><mi>A</mi><mo>)</mo><mo>⟂</mo><mi>N</mi><mo>(</mo><msup><mi>A</mi><mo>⊤</mo></msup><mo>)</mo>", asks: { "column space, orthonormal basis": "orth(A)", "null space": "null(A)", "row space": "orth(A')", "left null space": "null(A')" }, steps: "null(A)" },
};

let state = read();
let view = [0.6, 0.45];
let asked = 0, giveUp = null;
const save = later(300, () => writeState(state, defaults));
const isSquare = () => state.a.length === state.a[0].length;

function read() {
  const given = readState(defaults);
  const isTable = t => Array.isArray(t) && t.length > 0 && t.length <= most && t.every(row => Array.isArray(row) && row.length === t[0].length && row.length > 0 && row.length <= most && row.every(Number.isFinite));
  if (!isTable(given.a)) given.a = defaults.a;
  if (!isTable(given.b) || given.b.length !== given.a.length) given.b = given.a.map((_, i) => [i + 1]);
  return given;
}

function setMatrix(table) {
  if (table.length > most || table[0].length > most) {
    toast(`The grid holds at most ${most} rows and columns; the command line takes files`);
    return;
  }
  const hadRows = state.a.length;
  state.a = table;
  if (hadRows !== table.length) state.b = table.map((_, i) => [state.b[i]?.[0] ?? i + 1]);
  fill();
  update();
}

function fill() {
  $("rows").value = state.a.length;
  $("columns").value = state.a[0].length;
  $("matrix").replaceChildren(grid("A", "A", state.a, () => update(), setMatrix));
}

const evaluate = (expression, extra = {}) => ask("evaluate", { expression, at: { A: state.a, ...(/\bb\b/.test(expression) ? { b: state.b.map(([v]) => v) } : {}) }, ...extra }, giveUp.signal);

async function update() {
  save();
  giveUp?.abort();
  giveUp = new AbortController();
  const mine = ++asked;
  document.querySelector(".answer").setAttribute("aria-busy", "true");
  try {
    const [rank, trace, det, cond, norm, eigen, svd] = await Promise.all([
      evaluate("rank(A)"), isSquare() ? evaluate("tr(A)") : null, isSquare() ? evaluate("det(A)") : null, evaluate("cond(A)"), evaluate("norm2(A)"), isSquare() ? evaluate("w, V = eig(A)") : null, evaluate("U, s, V = svd(A)")]);
    if (mine !== asked) return;
    showFacts(rank, trace, det, cond, norm, eigen);
    showPicture(eigen, svd);
    await showPanel();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return;
  }
  document.querySelector(".answer").setAttribute("aria-busy", "false");
}

const valueOf = answer => answer?.ok ? shown(answer.outputs.ans) : "—";

function showFacts(rank, trace, det, cond, norm, eigen) {
  $("error").hidden = rank.ok;
  if (!rank.ok) $("error").textContent = rank.error.message;
  const A = state.a, n = A.length;
  const isSymmetric = isSquare() && A.every((row, i) => row.every((v, j) => v === A[j][i]));
  const values = eigen?.ok ? eigen.outputs.w : [];
  const real = values.every(v => typeof v === "number");
  const definite = !isSymmetric || !values.length ? null : values.every(v => v > 1e-12) ? "positive definite" : values.every(v => v < -1e-12) ? "negative definite" : values.every(v => v > -1e-12) ? "positive semidefinite" : values.every(v => v < 1e-12) ? "negative semidefinite" : "indefinite";
  const isOrthogonal = isSquare() && A.every((row, i) => A.every((other, j) => Math.abs(row.reduce((s, v, k) => s + v * other[k], 0) - (i === j ? 1 : 0)) < 1e-12));
  const words = [isSymmetric ? "symmetric" : null, definite, isOrthogonal ? "orthogonal" : null, values.length && !real ? "complex eigenvalues" : null].filter(Boolean);
  const facts = { size: `${n} × ${A[0].length}`, rank: valueOf(rank), ...(isSquare() ? { determinant: valueOf(det), trace: valueOf(trace) } : {}), condition: valueOf(cond), "Frobenius norm": valueOf(norm), ...(words.length ? { properties: words.join(", ") } : {}) };
  $("facts").replaceChildren(...Object.entries(facts).map(([name, value]) => element("div", { class: name === "properties" ? "wide" : null }, element("dt", {}, name), element("dd", {}, value))));
}

function showPicture(eigen, svd) {
  const n = state.a.length;
  const isDrawn = isSquare() && (n === 2 || n === 3);
  $("picture-card").hidden = !isDrawn;
  if (!isDrawn) return;
  const pairs = !eigen?.ok ? [] : eigen.outputs.w.map((w, k) => [w, eigen.outputs.V.map(row => row[k])]).filter(([w, v]) => typeof w === "number" && v.every(x => typeof x === "number"));
  const axes = svd.ok ? svd.outputs.s.map((s, k) => [s, svd.outputs.U.map(row => row[k])]) : [];
  const redraw = () => $("picture").replaceChildren(n === 2 ? plane(state.a, pairs, axes) : space(state.a, pairs, axes, view));
  redraw();
  $("picture").onpointermove = n === 2 ? null : event => {
    if (!event.buttons) return;
    view = [view[0] - event.movementX / 90, Math.max(-1.5, Math.min(1.5, view[1] + event.movementY / 90))];
    redraw();
  };
  $("picture-hint").replaceChildren(element("span", { class: "key base" }, "images of the unit vectors"), pairs.length ? element("span", { class: "key eigen" }, "eigenvectors") : null, element("span", { class: "key singular" }, "singular axes"), n === 3 ? " · drag to turn" : "");
}

async function showPanel() {
  const panel = panels[state.tab], given = typeof panel.asks === "function" ? panel.asks() : panel.asks;
  const mine = asked, tab = state.tab;
  $("right").hidden = !panel.hasRight;
  if (panel.hasRight && $("right").dataset.key !== `${state.b.length}`) {
    $("right").dataset.key = `${state.b.length}`;
    $("right").replaceChildren(grid("b", "b", state.b, () => update(), table => {
      if (table.length === 1) table = table[0].map(v => [v]);
      if (table.length !== state.a.length || table[0].length !== 1) return toast(`b must have ${state.a.length} entries`);
      state.b = table;
      $("right").dataset.key = "";
      update();
    }));
  }
  $("formula").replaceChildren(formula(`<math>${panel.formula}</math>`));
  const steps = typeof panel.steps === "function" ? panel.steps() : panel.steps;
  const [answers, told] = await Promise.all([Promise.all(Object.entries(given).map(async ([labels, expression]) => [labels, await evaluate(expression)])), evaluate(steps, { steps: true, formats: ["html"] })]);
  if (mine !== asked || tab !== state.tab) return;
  $("results").replaceChildren(...answers.flatMap(([labels, answer]) => {
    if (!answer.ok) return [element("p", { class: "error" }, answer.error.message)];
    const names = labels.split("|");
    return Object.values(answer.outputs).flatMap((value, k) => Array.isArray(value) && (value.length === 0 || value[0]?.length === 0) ? [element("p", { class: "hint" }, `${names[k]}: only the zero vector`)] : valueTables(value, names[k], false));
  }));
  $("steps").replaceChildren(...(told.ok && told.html ? [element("details", { open: true }, element("summary", {}, "Step by step"), ...fragment(told.html))] : []));
}

async function open(file) {
  try {
    const table = file.name.endsWith(".npy") ? readNpy(await file.arrayBuffer()) : parseTable(await file.text());
    if (!table || table.some(row => row.some(v => !Number.isFinite(v)))) throw new Error(`${file.name} holds no table of numbers.`);
    setMatrix(table);
  } catch (error) {
    toast(error.message);
  }
}

$("rows").addEventListener("change", event => {
  const rows = Math.min(most, Math.max(1, Math.round(Number(event.target.value)) || 1));
  setMatrix(Array.from({ length: rows }, (_, i) => state.a[i] ?? state.a[0].map(() => 0)));
});
$("columns").addEventListener("change", event => {
  const columns = Math.min(most, Math.max(1, Math.round(Number(event.target.value)) || 1));
  setMatrix(state.a.map(row => Array.from({ length: columns }, (_, j) => row[j] ?? 0)));
});
$("transpose").addEventListener("click", () => setMatrix(state.a[0].map((_, j) => state.a.map(row => row[j]))));
$("draw").addEventListener("click", () => setMatrix(state.a.map(row => row.map(() => Math.round(Math.random() * 10 - 5)))));
$("open-file").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", event => event.target.files[0] && open(event.target.files[0]));
$("copy-link").addEventListener("click", () => copy(`${location.origin}${location.pathname}#${fragmentOf(state, defaults)}`));
addEventListener("dragover", event => { event.preventDefault(); document.body.classList.add("drop"); });
addEventListener("dragleave", () => document.body.classList.remove("drop"));
addEventListener("drop", event => {
  event.preventDefault();
  document.body.classList.remove("drop");
  if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
});
addEventListener("hashchange", () => { state = read(); $("right").dataset.key = ""; fill(); chooseTab(state.tab); update(); });

shell();
cards($("examples"), $("gallery"), examples.map(([title, a]) => ({ title, text: a.map(row => row.join(" ")).join("; "), a })), entry => setMatrix(entry.a.map(row => [...row])));

let isReady = false;
const chooseTab = tabs(document.querySelector(".tabs"), name => {
  state.tab = Object.hasOwn(panels, name) ? name : "reduction";
  save();
  if (isReady) showPanel().catch(error => { if (error.name !== "AbortError") throw error; });
});
fill();
chooseTab(state.tab);
isReady = true;
update();
