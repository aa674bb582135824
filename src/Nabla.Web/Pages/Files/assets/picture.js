// Pictures of linear maps: the grid or the sphere before and after, eigenvectors, singular axes.

const svgNamespace = "http://www.w3.org/2000/svg";

export function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const times = (A, x) => A.map(row => row.reduce((sum, a, k) => sum + a * x[k], 0));
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, k) => from + k);
const path = points => `M${points.map(p => p.map(v => v.toFixed(3)).join(" ")).join("L")}`;
const circle = Array.from({ length: 73 }, (_, k) => [Math.cos(k * Math.PI / 36), Math.sin(k * Math.PI / 36)]);

function arrow(from, to, kind, label) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]], length = Math.hypot(dx, dy) || 1;
  const size = Math.min(0.055, length / 3), [ux, uy] = [dx / length * size, dy / length * size];
  const head = [[to[0], to[1]], [to[0] - 2 * ux - uy, to[1] - 2 * uy + ux], [to[0] - 2 * ux + uy, to[1] - 2 * uy - ux]];
  const parts = [drawn("path", { class: `arrow ${kind}`, d: path([from, [to[0] - ux, to[1] - uy]]) }), drawn("path", { class: `head ${kind}`, d: `${path(head)}Z` })];
  if (label) parts.push(drawn("text", { class: `label ${kind}`, x: to[0] + 0.04 * Math.sign(dx || 1), y: to[1] + (dy > 0 ? 0.1 : -0.03) }, label));
  return parts;
}

/** A map of the plane: the unit grid and circle under it. */
export function plane(A, eigen, svd) {
  const reach = Math.max(1.2, ...circle.map(p => Math.hypot(...times(A, p))), ...[[1, 1], [1, -1]].map(p => 0.75 * Math.hypot(...times(A, p)))) * 1.12;
  const at = ([x, y]) => [x / reach, -y / reach];
  const image = p => at(times(A, p));
  const lines = [];
  for (const k of range(-4, 4)) {
    lines.push(drawn("path", { class: "grid before", d: path([at([k, -9]), at([k, 9])]) }), drawn("path", { class: "grid before", d: path([at([-9, k]), at([9, k])]) }));
    lines.push(drawn("path", { class: "grid after", d: path([image([k, -4]), image([k, 4])]) }), drawn("path", { class: "grid after", d: path([image([-4, k]), image([4, k])]) }));
  }
  const marks = [
    drawn("path", { class: "axis", d: `${path([[-1, 0], [1, 0]])}${path([[0, -1], [0, 1]])}` }),
    drawn("path", { class: "circle before", d: path(circle.map(at)) }),
    drawn("path", { class: "square", d: `${path([[0, 0], [1, 0], [1, 1], [0, 1]].map(image))}Z` }),
    drawn("path", { class: "circle after", d: path(circle.map(image)) }),
    ...arrow([0, 0], image([1, 0]), "base", "Ae₁"), ...arrow([0, 0], image([0, 1]), "base", "Ae₂"),
  ];
  for (const [value, vector] of eigen) {
    const end = vector.map(v => v * 9);
    marks.push(drawn("path", { class: "eigen line", d: path([at(end.map(v => -v)), at(end)]) }), ...arrow([0, 0], at(vector.map(v => v * value)), "eigen", ""));
  }
  for (const [value, vector] of svd) if (value > 0) marks.push(...arrow([0, 0], at(vector.map(v => v * value)), "singular", ""));
  return frame([...lines, ...marks], "The unit grid and circle, and where the matrix takes them");
}

/** A map of space: three great circles of the sphere under it, seen from a direction that turns. */
export function space(A, eigen, svd, view) {
  const [a, b] = view;
  const eye = ([x, y, z]) => {
    const u = x * Math.cos(a) + y * Math.sin(a), v = -x * Math.sin(a) + y * Math.cos(a);
    return [v, z * Math.cos(b) - u * Math.sin(b)];
  };
  const rings = range(-3, 3).map(k => k * Math.PI / 8).flatMap(t => [circle.map(([c, s]) => [c * Math.cos(t), s * Math.cos(t), Math.sin(t)])])
    .concat(range(0, 5).map(k => k * Math.PI / 6).map(t => circle.map(([c, s]) => [c * Math.cos(t), c * Math.sin(t), s])));
  const reach = Math.max(1.2, ...rings.flat().map(p => Math.hypot(...times(A, p)))) * 1.12;
  const at = p => { const [x, y] = eye(p); return [x / reach, -y / reach]; };
  const units = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  const marks = [
    ...units.map(e => drawn("path", { class: "axis", d: path([at(e.map(v => -v * reach)), at(e.map(v => v * reach))]) })),
    ...rings.map(ring => drawn("path", { class: "grid before", d: path(ring.map(at)) })),
    ...rings.map(ring => drawn("path", { class: "grid after", d: path(ring.map(p => at(times(A, p)))) })),
    ...units.flatMap((e, k) => arrow([0, 0], at(times(A, e)), "base", `Ae${"₁₂₃"[k]}`)),
    ...eigen.flatMap(([value, vector]) => [drawn("path", { class: "eigen line", d: path([at(vector.map(v => -v * reach)), at(vector.map(v => v * reach))]) }), ...arrow([0, 0], at(vector.map(v => v * value)), "eigen", "")]),
    ...svd.filter(([value]) => value > 0).flatMap(([value, vector]) => arrow([0, 0], at(vector.map(v => v * value)), "singular", "")),
  ];
  return frame(marks, "The unit sphere, and where the matrix takes it; drag to turn");
}

function frame(children, label) {
  return drawn("svg", { viewBox: "-1 -1 2 2", class: "plot map", role: "img", "aria-label": label }, ...children);
}
