// The derivative page.

import { $, copy, element, formula, fragment, later, segments, shapeText, tabs, toast } from "./dom.js";
import { channel } from "./api.js";
import { declare, likelyVariable, namesOf } from "./declarations.js";
import { examples } from "./gallery.js";
import { mark } from "./marks.js";
import { cards, recall, shell, store } from "./shell.js";
import { fragmentOf, readState, writeState } from "./state.js";
import { grid, valueTables } from "./values.js";

const defaults = { p: "sum((X*w - y).^2)", wrt: "w", order: "1", layout: "mixed", tab: "steps", view: "chain", level: "full", lang: "numpy", dims: "", claim: "", sizes: {}, at: {} };
const languages = [["csharp", "C#"], ["numpy", "NumPy"], ["pytorch", "PyTorch"], ["jax", "JAX"], ["julia", "Julia"], ["matlab", "MATLAB"], ["latex", "LaTeX"]];
const properties = ["", "symmetric", "positive definite", "diagonal", "lower triangular", "upper triangular", "orthogonal", "positive", "nonnegative"];
const ofVectors = new Set(["", "positive", "nonnegative"]);
const mostPast = 40;

let state = readState(defaults);
let answer = null;
const askDerivative = channel(), askMore = channel(), askValues = channel(), askCheck = channel();
const save = later(300, () => writeState(state, defaults));

const question = extra => ({ expression: state.p, wrt: state.wrt || undefined, order: Number(state.order), layout: state.layout, ...extra });

// The question

async function update() {
  save();
  state.wrt = likelyVariable(state.p, state.wrt);
  fillVariables();
  if (!state.p.trim()) {
    answer = null;
    tell(null);
    return;
  }
  document.querySelector(".answer").setAttribute("aria-busy", "true");
  const found = await askDerivative("derivative", question({ formats: ["text", "latex", "mathml", ...(state.dims ? ["dimensions"] : [])] }));
  if (!found) return;
  document.querySelector(".answer").setAttribute("aria-busy", "false");
  if (found.ok) {
    answer = found;
    tell(null);
    show();
    remember();
    more();
  } else {
    tell(found.error);
  }
}

function fillVariables() {
  const names = namesOf(state.p);
  const list = names.includes(state.wrt) || !state.wrt ? names : [...names, state.wrt];
  const select = $("wrt");
  if (select.dataset.names !== list.join()) {
    select.dataset.names = list.join();
    select.replaceChildren(...list.map(name => element("option", {}, name)));
  }
  select.value = state.wrt;
}

// An error under the box, and its place marked in it.
function tell(error) {
  const box = $("program"), message = $("error");
  box.toggleAttribute("aria-invalid", error !== null);
  message.hidden = error === null;
  $("result").classList.toggle("stale", error !== null);
  mark($("marks"), state.p, error);
  if (error) message.replaceChildren(element("b", {}, error.line ? `Line ${error.line}, column ${error.column}` : error.code), error.message);
}

// The answer

function show() {
  const { variables, derivative } = answer, f = answer.function;
  $("function").replaceChildren(formula((state.dims && f.dimensions) || f.mathml));
  $("function-shape").textContent = shapeText(f.shape);
  $("derivative-shape").textContent = shapeText(derivative.shape);
  const holder = $("derivative");
  const mathml = (state.dims && derivative.dimensions) || derivative.mathml || derivative.indexMathml;
  if (mathml) holder.replaceChildren(formula(mathml));
  else holder.replaceChildren(element("pre", {}, derivative.text ?? derivative.index));
  if (!derivative.text && derivative.vec) holder.append(element("pre", { class: "hint" }, `vec(dF) = M*vec(d${state.wrt}) with M = ${derivative.vec}`));
  holder.setAttribute("aria-label", `Derivative: ${derivative.text ?? derivative.index}`);
  const proof = $("proof");
  proof.hidden = false;
  proof.classList.toggle("open", !answer.check);
  proof.textContent = answer.check ? `✓ proved at ${answer.check.points} ${answer.check.points === 1 ? "point" : "points"}, largest error ${answer.check.maxRelativeError.toExponential(1)}` : "not proved";
  proof.title = answer.check ? `Compared with ${answer.check.method}` : "No random point was found at which the function and its derivative have finite values";
  $("notes").replaceChildren(...answer.notes.filter(note => !note.startsWith("assumed: ")).map(note => element("li", {}, note)));
  announce(`The derivative by ${state.wrt} is ${derivative.text ?? derivative.index}`);
  showVariables(variables);
}

const announce = later(800, text => { $("told").textContent = text; });

function showVariables(variables) {
  const open = $("declare").dataset.name;
  $("variables").replaceChildren(...Object.entries(variables).map(([name, variable]) => element("li", {},
    element("button", { type: "button", "aria-expanded": String(open === name), "aria-controls": "declare", onclick: () => edit(name) },
      element("span", {}, setFormula(name, variable)),
      element("span", { class: "of" }, [...variable.properties, variable.kind === "column" ? "vector" : variable.kind].join(" ") + (variable.declared ? "" : ", assumed")),
      name === state.wrt ? element("span", { class: "by" }, "by") : null))));
  if (open && variables[open]) edit(open, true);
  else $("declare").hidden = true;
}

const greek = { alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", zeta: "ζ", eta: "η", theta: "θ", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π", rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", chi: "χ", psi: "ψ", omega: "ω" };

// MathML is of another namespace than HTML: the parser makes it.
function setFormula(name, { kind, shape }) {
  const text = t => t.replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`);
  const size = s => typeof s === "number" ? `<mn>${s}</mn>` : `<mi>${text(s)}</mi>`;
  const sizes = kind === "row" ? `<mn>1</mn><mo>×</mo>${size(shape[0])}` : shape.map(size).join("<mo>×</mo>");
  return formula(`<math><mi>${text(greek[name] ?? name)}</mi><mo>∈</mo>${sizes ? `<msup><mi>ℝ</mi><mrow>${sizes}</mrow></msup>` : "<mi>ℝ</mi>"}</math>`);
}

// The declaration of a variable, changed by click: it is written into the program, where everyone sees it.
function edit(name, isUpdate = false) {
  const form = $("declare");
  if (!isUpdate && form.dataset.name === name && !form.hidden) {
    form.hidden = true;
    delete form.dataset.name;
    showVariables(answer.variables);
    return;
  }
  if (isUpdate && form.contains(document.activeElement) && form.dataset.name === name) return;
  const variable = answer.variables[name];
  form.dataset.name = name;
  form.hidden = false;
  let kind = variable.kind, property = variable.properties[0] ?? "";
  const [first, second] = kind === "matrix" ? variable.shape : kind === "row" ? [1, variable.shape[0]] : [variable.shape[0] ?? "n", "n"];
  const rows = element("input", { type: "text", value: String(first), "aria-label": "Rows", onchange: () => write() });
  const columns = element("input", { type: "text", value: String(second ?? "n"), "aria-label": "Columns", onchange: () => write() });
  const kinds = element("div", { class: "segments", role: "radiogroup", "aria-label": `Kind of ${name}` });
  const sizes = element("label", {}, "size ", rows, element("span", {}, " × ", columns));
  const select = element("select", { "aria-label": "Property", onchange: event => { property = event.target.value; write(); } });
  const layOut = () => {
    sizes.hidden = kind === "scalar";
    rows.hidden = kind === "row";
    columns.parentElement.hidden = kind === "column";
    select.replaceChildren(...properties.filter(p => kind === "matrix" || ofVectors.has(p)).map(p => element("option", { value: p, selected: p === property }, p || "no property")));
  };
  const write = () => {
    if (kind !== "matrix" && !ofVectors.has(property)) property = "";
    if (kind === "matrix" && !ofVectors.has(property)) columns.value = rows.value;
    const [m, n] = [rows.value.trim() || "m", columns.value.trim() || "n"];
    const set = { scalar: "R", column: `R^${/^\w+$/.test(m) ? m : `(${m})`}`, row: `R^(1 x ${n})`, matrix: `R^(${m} x ${n})` }[kind];
    setProgram(declare(state.p, name, property ? `${set} ${property}` : set));
    layOut();
  };
  segments(kinds, "kind", [["scalar", "scalar"], ["column", "vector"], ["row", "row"], ["matrix", "matrix"]], kind, chosen => { kind = chosen; write(); });
  layOut();
  const remove = variable.declared ? element("button", { type: "button", onclick: () => { delete form.dataset.name; setProgram(declare(state.p, name, "")); } }, "Remove the declaration") : null;
  const by = name === state.wrt ? null : element("button", { type: "button", onclick: () => { state.wrt = name; update(); } }, `Differentiate by ${name}`);
  form.replaceChildren(kinds, sizes, element("label", {}, "property ", select), element("div", { class: "row" }, by, remove));
  if (!isUpdate) showVariables(answer.variables);
}

function setProgram(text) {
  state.p = text;
  $("program").value = text;
  fit();
  update();
}

// Browsers without field-sizing need the number of rows.
function fit() {
  if (!CSS.supports("field-sizing", "content")) $("program").rows = Math.max(2, state.p.split("\n").length);
}

// The panels

const panels = { steps: showSteps, code: showCode, values: showValues, check: showCheck };

function more() {
  if (answer) panels[state.tab]?.();
}

async function showSteps() {
  const found = await askMore("derivative", question({ formats: ["html"], steps: true, view: state.view, level: state.level, check: false }));
  if (!found) return;
  const holder = $("steps");
  if (!found.ok || !found.html) {
    holder.replaceChildren(element("p", { class: "hint" }, found.error?.message ?? "There are no steps."));
    return;
  }
  const folded = new Set([...holder.querySelectorAll("details:not([open]) summary")].map(s => s.textContent));
  const parts = [];
  for (const node of fragment(found.html)) {
    if (node.nodeName === "H2") parts.push(element("details", { open: !folded.has(node.textContent) }, element("summary", {}, node.textContent)));
    else if (parts.length) parts.at(-1).append(node);
    else if (node.nodeType === Node.ELEMENT_NODE) parts.push(node);
  }
  holder.replaceChildren(...parts);
}

async function showCode() {
  segments($("languages"), "language", languages, state.lang, chosen => { state.lang = chosen; save(); showCode(); });
  if (state.lang === "latex") {
    $("code").textContent = answer.derivative.latex ?? "";
    return;
  }
  const found = await askMore("derivative", question({ formats: [state.lang], check: false }));
  if (!found) return;
  $("code").textContent = found.ok ? found.derivative.code?.[state.lang] ?? found.notes.at(-1) ?? "" : found.error.message;
}

async function showCheck() {
  const verdict = $("verdict");
  verdict.className = "verdict";
  if (!state.claim.trim()) {
    verdict.textContent = "";
    return;
  }
  const found = await askCheck("check", { expression: state.p, wrt: state.wrt, order: Number(state.order), claim: state.claim, formats: ["text"] });
  if (!found) return;
  verdict.classList.add(!found.ok ? "open" : found.correct ? "right" : "wrong");
  verdict.textContent = !found.ok ? found.error.message : found.correct ? `✓ ${found.message || "Right."}` : `${found.diagnosis.replaceAll("-", " ")}: ${found.message}`;
}

// Values

const sizeOf = dimension => typeof dimension === "number" ? dimension : state.sizes[dimension] ?? 3;

function tableOf(name, { kind, shape, properties: known }) {
  const [rows, columns] = kind === "matrix" ? shape.map(sizeOf) : kind === "row" ? [1, sizeOf(shape[0])] : kind === "column" ? [sizeOf(shape[0]), 1] : [1, 1];
  const given = state.at[name];
  if (Array.isArray(given) && given.length === rows && given[0]?.length === columns) return given;
  return state.at[name] = draw(rows, columns, known);
}

// Small numbers that are easy to follow, of the kind that the declaration asks for.
function draw(rows, columns, known) {
  const small = () => Math.round(Math.random() * 8 - 4) / 2 || 0.5;
  const table = Array.from({ length: rows }, () => Array.from({ length: columns }, small));
  const each = change => table.forEach((row, i) => row.forEach((v, j) => { row[j] = change(v, i, j); }));
  const has = property => known.includes(property);
  if (has("positive") || has("nonnegative")) each(v => Math.abs(v) || 1);
  if (has("diagonal")) each((v, i, j) => i === j ? Math.abs(v) : 0);
  if (has("lower triangular")) each((v, i, j) => i >= j ? v : 0);
  if (has("upper triangular")) each((v, i, j) => i <= j ? v : 0);
  if (has("symmetric") || has("positive definite")) each((v, i, j) => i < j ? v / 2 : i === j ? Math.abs(v) + (has("positive definite") ? 2 * rows : 0) : table[j][i]);
  if (has("orthogonal")) each((v, i, j) => i === j ? 1 : 0);
  return table;
}

function showValues() {
  const entries = Object.entries(answer.variables);
  const dimensions = [...new Set(entries.flatMap(([, v]) => v.shape).filter(s => typeof s === "string" && /^\w+$/.test(s)))];
  const key = JSON.stringify([entries.map(([n, v]) => [n, v.kind, v.shape, v.properties]), state.sizes]);
  if ($("inputs").dataset.key !== key) {
    $("inputs").dataset.key = key;
    $("sizes").replaceChildren(...dimensions.map(d => element("label", { class: "stepper" }, `${d} =`, element("input", {
      type: "number", min: "1", max: "12", value: String(sizeOf(d)), "aria-label": `Size ${d}`,
      onchange: event => { state.sizes[d] = Math.min(12, Math.max(1, Math.round(Number(event.target.value)) || 1)); save(); showValues(); },
    }))));
    $("inputs").replaceChildren(...entries.map(([name, variable]) => grid(name, name, tableOf(name, variable), table => { state.at[name] = table; save(); evaluate(); }, table => paste(name, variable, table))));
  }
  evaluate();
}

// A pasted table brings its sizes with it.
function paste(name, variable, table) {
  if (variable.kind === "column" && table.length === 1) table = table[0].map(v => [v]);
  if (variable.kind === "row" && table[0].length === 1) table = [table.map(([v]) => v)];
  const shape = variable.kind === "matrix" ? [table.length, table[0].length] : variable.kind === "row" ? [table[0].length] : [table.length];
  if (variable.kind === "scalar" || (variable.kind === "column" && table[0].length > 1) || variable.shape.some((s, k) => typeof s === "number" && s !== shape[k])) {
    toast(`A table of ${table.length} × ${table[0].length} does not fit ${name}`);
    return;
  }
  if (Math.max(...shape) > 12) {
    toast("The grid holds at most 12 rows and columns; the command line takes files");
    return;
  }
  variable.shape.forEach((s, k) => { if (typeof s === "string") state.sizes[s] = shape[k]; });
  state.at[name] = table;
  $("inputs").dataset.key = "";
  save();
  showValues();
}

async function evaluate() {
  const at = Object.fromEntries(Object.entries(answer.variables).map(([name, variable]) => {
    const table = tableOf(name, variable);
    return [name, variable.kind === "scalar" ? table[0][0] : variable.kind === "column" ? table.map(([v]) => v) : variable.kind === "row" ? table[0] : table];
  }));
  // Kinds that were assumed are said, so that the values cannot change them.
  const declarations = Object.entries(answer.variables).filter(([, v]) => !v.declared && v.kind !== "row").map(([n, v]) => `${n} in ${v.kind === "scalar" ? "R" : v.kind === "column" ? `R^(${v.shape[0]})` : `R^(${v.shape.join(" x ")})`}`);
  const found = await askValues("derivative", question({ at, declare: declarations.every(d => /^[\w ^()]*$/.test(d)) ? declarations : [], formats: ["text"], check: false }));
  if (!found) return;
  const holder = $("outputs");
  if (!found.ok) {
    holder.replaceChildren(element("p", { class: "error" }, found.error.message));
    return;
  }
  const isHot = $("heat").checked;
  const notes = found.notes.filter(n => n.startsWith("kink")).map(n => element("p", { class: "hint" }, n));
  holder.replaceChildren(
    ...valueTables(found.function.value, "function", isHot),
    ...valueTables(found.derivative.value, `derivative by ${state.wrt}`, isHot), ...notes);
}

// History

function remember() {
  store("nabla-last", state.p);
  rememberLater();
}

const rememberLater = later(2500, () => {
  if (!answer) return;
  const past = readPast().filter(e => e.p !== state.p || e.wrt !== state.wrt);
  past.unshift({ p: state.p, wrt: state.wrt, order: state.order });
  store("nabla-history", JSON.stringify(past.slice(0, mostPast)));
});

function readPast() {
  try {
    const past = JSON.parse(recall("nabla-history") ?? "[]");
    return Array.isArray(past) ? past.filter(e => typeof e?.p === "string") : [];
  } catch {
    return [];
  }
}

function load(entry) {
  state = { ...defaults, tab: state.tab, view: state.view, level: state.level, lang: state.lang, dims: state.dims, sizes: {}, at: {}, ...entry };
  reflect();
  update();
}

// The whole page from the state.
function reflect() {
  $("program").value = state.p;
  for (const id of ["order", "layout", "view", "level", "claim"]) $(id).value = state[id];
  $("dimensions").setAttribute("aria-pressed", String(Boolean(state.dims)));
  $("inputs").dataset.key = "";
  delete $("declare").dataset.name;
  fit();
  chooseTab(Object.hasOwn(panels, state.tab) ? state.tab : "steps");
}

const chooseTab = tabs(document.querySelector(".tabs"), name => {
  state.tab = name;
  save();
  more();
});

$("program").addEventListener("input", event => {
  state.p = event.target.value;
  fit();
  update();
});
for (const id of ["wrt", "order", "layout"]) $(id).addEventListener("change", event => { state[id] = event.target.value; update(); });
for (const id of ["view", "level"]) $(id).addEventListener("change", event => { state[id] = event.target.value; save(); more(); });
$("claim").addEventListener("input", event => { state.claim = event.target.value; save(); if (answer) showCheck(); });
$("heat").addEventListener("change", () => answer && evaluate());
$("dimensions").addEventListener("click", () => {
  state.dims = state.dims ? "" : "1";
  $("dimensions").setAttribute("aria-pressed", String(Boolean(state.dims)));
  update();
});
$("draw-values").addEventListener("click", () => { state.at = {}; $("inputs").dataset.key = ""; save(); more(); });
$("clear-values").addEventListener("click", () => {
  for (const table of Object.values(state.at)) table.forEach(row => row.fill(0));
  $("inputs").dataset.key = "";
  save();
  more();
});
$("fold").addEventListener("click", event => {
  const all = [...$("steps").querySelectorAll("details")], isOpen = all.some(d => d.open);
  for (const details of all) details.open = !isOpen;
  event.target.textContent = isOpen ? "Unfold all" : "Fold all";
});
for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", () => {
  const what = button.dataset.copy;
  if (what === "link") copy(`${location.origin}${location.pathname}#${fragmentOf(state, defaults)}`);
  else if (what === "code") copy($("code").textContent);
  else if (answer) copy((what === "latex" ? answer.derivative.latex : answer.derivative.text) ?? answer.derivative.index ?? "");
});
addEventListener("hashchange", () => { state = readState(defaults); reflect(); update(); });

shell({
  "/": () => $("program").focus(), d: () => $("dimensions").click(),
  1: () => chooseTab("steps"), 2: () => chooseTab("code"), 3: () => chooseTab("values"), 4: () => chooseTab("check"),
});
$("examples").replaceChildren(...examples.flatMap(({ group, entries }) => {
  const holder = element("div");
  cards(holder, $("gallery"), entries, entry => load(entry.state));
  return [element("h3", {}, group), holder];
}));
$("open-history").addEventListener("click", () => {
  const past = readPast().map(e => ({ title: e.p.split("\n").at(-1), text: `by ${e.wrt}${e.order === "1" ? "" : `, order ${e.order}`}`, state: e }));
  if (past.length) cards($("past"), $("history"), past, entry => load(entry.state));
  else $("past").replaceChildren(element("p", { class: "hint" }, "Nothing yet: what you differentiate is kept here, in this browser only."));
});
$("forget").addEventListener("click", () => { store("nabla-history", "[]"); $("history").close(); });

reflect();
update();
if (!location.hash && matchMedia("(pointer: fine)").matches) $("program").focus();
