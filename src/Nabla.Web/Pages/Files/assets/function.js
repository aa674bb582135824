// The function page: the server draws, the page chooses the point and plays the descent.

import { $, copy, element, formula, later } from "./dom.js";
import { channel } from "./api.js";
import { namesOf } from "./declarations.js";
import { mark } from "./marks.js";
import { cards, shell } from "./shell.js";
import { fragmentOf, readState, writeState } from "./state.js";
import { shown } from "./values.js";

const defaults = { p: "(1 - x)^2 + 5*(y - x^2)^2", ranges: [[-2, 2], [-1, 3]], start: [-1.5, 2], rate: -2, iterations: 60 };
const examples = [
  ["Parabola", "x^2/2 - x", [[-3, 5]], [4], -0.7], ["Sine", "sin(x) + x/4", [[-7, 7]], [2], -0.4], ["A kink", "abs(x - 1)", [[-3, 4]], [3], -0.5], ["Double well", "x^4/4 - x^2/2", [[-2, 2]], [0.1], -0.7],
  ["Sigmoid", "1/(1 + exp(-x))", [[-6, 6]], [1], 0], ["Bowl", "x^2 + 3*y^2", [[-3, 3], [-2, 2]], [-2.5, 1.5], -1], ["Long valley", "x^2/20 + y^2", [[-6, 6], [-3, 3]], [-5, 2], -0.05], ["Saddle", "x^2 - y^2", [[-2, 2], [-2, 2]], [0, 0], -1],
  ["Rosenbrock", "(1 - x)^2 + 5*(y - x^2)^2", [[-2, 2], [-1, 3]], [-1.5, 2], -2], ["Himmelblau", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [[-5, 5], [-5, 5]], [0, 0], -2], ["Waves", "sin(x)*cos(y)", [[-4, 4], [-4, 4]], [0.5, 1], -0.5], ["Monkey saddle", "x^3 - 3*x*y^2", [[-2, 2], [-2, 2]], [0, 0], -1.5],
];

let state = read();
let answer = null, playing = 0;
const askPlot = channel(), askPoint = channel();
const askSlopes = [channel(), channel()];
const save = later(300, () => writeState(state, defaults));

function read() {
  const given = readState(defaults);
  const isPair = r => Array.isArray(r) && r.length === 2 && r.every(Number.isFinite) && r[0] < r[1];
  if (!given.ranges.every(isPair) || given.ranges.length === 0) given.ranges = defaults.ranges;
  if (!given.start.every(Number.isFinite)) given.start = defaults.start;
  return given;
}

const names = () => namesOf(state.p).slice(0, 3);

function adapt(count) {
  while (state.ranges.length < count) state.ranges.push([-3, 3]);
  while (state.start.length < count) state.start.push(1);
  state.ranges.length = state.start.length = count;
}

async function update() {
  save();
  stop();
  const free = names();
  if (free.length < 1 || free.length > 2) {
    tell({ message: free.length ? `A picture shows one or two variables, but there are ${free.join(", ")}.` : "The function needs a variable." });
    return;
  }
  adapt(free.length);
  controls(free);
  const declare = free.map(name => `${name} in R`);
  document.querySelector(".answer").setAttribute("aria-busy", "true");
  const width = Math.round(Math.min(860, Math.max(320, $("picture").clientWidth)));
  const asked = askPlot("plot", { expression: state.p, declare, ranges: state.ranges, start: state.start, rate: 10 ** state.rate, iterations: state.iterations, width, height: Math.round(width * (free.length === 1 ? 0.6 : 0.8)) });
  point(free);
  slopes(free, declare);
  const found = await asked;
  if (!found) return;
  document.querySelector(".answer").setAttribute("aria-busy", "false");
  tell(found.ok ? null : found.error);
  if (!found.ok) return;
  answer = found;
  const svg = document.importNode(new DOMParser().parseFromString(found.svg, "image/svg+xml").documentElement, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  $("picture").replaceChildren(svg);
  svg.addEventListener("click", choose);
  $("notes").replaceChildren(...found.notes.filter(n => !n.startsWith("assumed") && !n.startsWith("descent")).map(n => element("li", {}, n)));
  $("descent").textContent = (found.notes.find(n => n.startsWith("descent")) ?? "").replace(/^descent: /, "");
}

function tell(error) {
  $("error").hidden = !error;
  $("result").classList.toggle("stale", Boolean(error));
  $("program").toggleAttribute("aria-invalid", Boolean(error));
  $("error").textContent = error?.message ?? "";
  mark($("marks"), state.p, error);
}

async function slopes(free, declare) {
  const found = await Promise.all(free.map((wrt, k) => askSlopes[k]("derivative", { expression: state.p, declare, wrt, formats: ["mathml"] })));
  if (found.some(a => !a?.ok)) return;
  $("derivatives").replaceChildren(...found.map((a, k) => {
    const math = formula(a.derivative.mathml);
    const head = formula(`<math><mfrac><mrow><mo>∂</mo><mi>f</mi></mrow><mrow><mo>∂</mo><mi>${free[k]}</mi></mrow></mfrac><mo>=</mo></math>`);
    math.prepend(...head.childNodes);
    return math;
  }));
}

// The verdict on the point: of two numbers, as one vector of two entries.
async function point(free) {
  const [expression, at, declare] = free.length === 1
    ? [state.p, { [free[0]]: state.start[0] }, [`${free[0]} in R`]]
    : [`point in R^2\n${free.map((name, k) => `${name} = point[${k + 1}]`).join("\n")}\n${state.p}`, { point: state.start }, []];
  const found = await askPoint("classify", { expression, at, declare });
  if (!found) return;
  const verdict = $("verdict");
  verdict.className = "verdict";
  $("point-title").textContent = `At ${free.map((name, k) => `${name} = ${shown(state.start[k])}`).join(", ")}`;
  if (!found.ok) {
    verdict.classList.add("open");
    verdict.textContent = found.error.message;
    $("facts").replaceChildren();
    return;
  }
  verdict.classList.add({ minimum: "right", maximum: "right", saddle: "right" }[found.verdict] ?? "open");
  verdict.textContent = `${{ "not-stationary": "Not stationary", minimum: "A minimum", maximum: "A maximum", saddle: "A saddle", undecided: "Undecided" }[found.verdict] ?? found.verdict}. ${found.reason}`;
  const facts = { value: shown(found.value), [free.length === 1 ? "slope" : "gradient"]: [found.gradient].flat(2).map(shown).join(", "), [free.length === 1 ? "second derivative" : "Hessian's eigenvalues"]: found.eigenvalues.map(shown).join(", ") };
  $("facts").replaceChildren(...Object.entries(facts).map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

// The drawing within the axes is a picture in the picture: its place and the ranges say which point was meant.
function frame() {
  const inner = $("picture").querySelector("svg svg");
  return inner && { inner, left: inner.x.baseVal.value, top: inner.y.baseVal.value, width: inner.width.baseVal.value, height: inner.height.baseVal.value };
}

function choose(event) {
  const outer = $("picture").querySelector("svg"), place = frame();
  if (!place) return;
  const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(outer.getScreenCTM().inverse());
  const across = (p.x - place.left) / place.width, upwards = 1 - (p.y - place.top) / place.height;
  if (across < 0 || across > 1 || upwards < 0 || upwards > 1) return;
  const within = ([low, high], share) => Number((low + (high - low) * share).toPrecision(4));
  state.start = state.start.length === 1 ? [within(state.ranges[0], across)] : [within(state.ranges[0], across), within(state.ranges[1], upwards)];
  update();
}

function controls(free) {
  const key = JSON.stringify([free, state.ranges, state.start]);
  if ($("ranges").dataset.key === key || $("ranges").contains(document.activeElement) || $("start").contains(document.activeElement)) return;
  $("ranges").dataset.key = key;
  const number = (label, value, change) => element("input", { type: "number", step: "any", "aria-label": label, value: String(value), onchange: event => {
    const given = Number(event.target.value);
    if (event.target.value !== "" && Number.isFinite(given)) change(given);
    update();
  } });
  $("ranges").replaceChildren(...free.map((name, k) => element("span", { class: "stepper" }, `${name} from `, number(`${name} from`, state.ranges[k][0], v => { if (v < state.ranges[k][1]) state.ranges[k][0] = v; }), " to ", number(`${name} to`, state.ranges[k][1], v => { if (v > state.ranges[k][0]) state.ranges[k][1] = v; }))));
  $("start").replaceChildren(element("span", { class: "stepper" }, "from "), ...free.map((name, k) => element("span", { class: "stepper" }, `${name} = `, number(`Start ${name}`, state.start[k], v => { state.start[k] = v; }))));
}

// The descent, played: a ball runs along the path, and the path grows behind it.
function play() {
  const drawn = $("picture").querySelector("svg svg path.path");
  if (playing) return stop();
  if (!drawn || !answer?.path.length) return;
  const inner = frame().inner;
  const ball = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  ball.setAttribute("r", "7");
  ball.setAttribute("class", "ball");
  inner.append(ball);
  const stations = [...drawn.getAttribute("d").matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(m => [Number(m[1]), Number(m[2])]);
  for (const dot of inner.querySelectorAll("circle.path, circle.end")) dot.style.opacity = "0";
  $("play").textContent = "■ Stop";
  const each = Math.max(35, Math.min(350, 5000 / stations.length)), begun = performance.now();
  const step = now => {
    const at = Math.min(Math.max(0, now - begun) / each, stations.length - 1), k = Math.floor(at), part = at - k;
    const [from, to] = [stations[k], stations[Math.min(k + 1, stations.length - 1)]];
    const here = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    ball.setAttribute("cx", here[0]);
    ball.setAttribute("cy", here[1]);
    drawn.setAttribute("d", `M${[...stations.slice(0, k + 1), here].map(p => p.join(" ")).join("L")}`);
    const reached = answer.path[Math.min(k, answer.path.length - 1)];
    $("descent").textContent = `step ${k}: f = ${shown(reached.f)} at ${reached.x.map(shown).join(", ")}`;
    if (at < stations.length - 1) playing = requestAnimationFrame(step);
    else {
      for (const dot of inner.querySelectorAll("circle.path, circle.end")) dot.style.opacity = "";
      $("play").textContent = "▶ Play";
      playing = 0;
    }
  };
  playing = requestAnimationFrame(step);
}

function stop() {
  if (!playing) return;
  cancelAnimationFrame(playing);
  playing = 0;
  $("play").textContent = "▶ Play";
}

function reflect() {
  $("program").value = state.p;
  $("rate").value = state.rate;
  $("iterations").value = state.iterations;
  $("ranges").dataset.key = "";
  sliders();
}

function sliders() {
  $("rate-shown").textContent = shown(Number((10 ** state.rate).toPrecision(3)));
  $("iterations-shown").textContent = state.iterations;
}

$("program").addEventListener("input", event => { state.p = event.target.value; update(); });
for (const id of ["rate", "iterations"]) $(id).addEventListener("input", event => { state[id] = Number(event.target.value); sliders(); update(); });
$("play").addEventListener("click", play);
$("copy-link").addEventListener("click", () => copy(`${location.origin}${location.pathname}#${fragmentOf(state, defaults)}`));
addEventListener("hashchange", () => { state = read(); reflect(); update(); });

shell({ "/": () => $("program").focus(), p: play });
cards($("examples"), $("gallery"), examples.map(([title, p, ranges, start, rate]) => ({ title, text: p, state: { p, ranges, start, rate } })), entry => {
  state = { ...defaults, ...structuredClone(entry.state) };
  reflect();
  update();
});
reflect();
update();
