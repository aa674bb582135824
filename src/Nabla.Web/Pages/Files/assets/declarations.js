// What the page must know of the notation: which names a program uses, and where it declares them.

const name = "[A-Za-zͰ-Ͽἀ-῿][A-Za-zͰ-Ͽἀ-῿0-9_]*";
const words = new Set(["in", "R", "pi", "symmetric", "positive", "definite", "diagonal", "lower", "upper", "triangular", "orthogonal", "nonnegative"]);

// The statements of a program with their places; comments are left out.
function statements(program) {
  const found = [];
  const pattern = /#[^\n]*|[;\n]/g;
  let start = 0;
  const take = end => found.push({ start, end, text: program.slice(start, end) });
  for (let match; (match = pattern.exec(program));) {
    take(match.index);
    start = pattern.lastIndex;
  }
  take(program.length);
  return found;
}

const declaration = new RegExp(`^\\s*(${name}(?:\\s*,\\s*${name})*)\\s*(?:in\\b|∈)\\s*(?:R|ℝ)`);

/** The free names of a program, as far as they can be told without understanding it. */
export function namesOf(program) {
  const bound = new Set(), used = [];
  for (const { text } of statements(program)) {
    const declared = declaration.exec(text);
    if (declared) {
      used.push(...declared[1].split(",").map(n => n.trim()));
      continue;
    }
    const binding = /^([^=]*)=(?!=)/.exec(text);
    const body = binding ? text.slice(binding[0].length) : text;
    if (binding) for (const n of binding[1].match(new RegExp(name, "g")) ?? []) bound.add(n);
    const indices = new Set([...body.matchAll(/\b(?:sum|prod)\s*\[([^\]]*)\]/g)].flatMap(m => m[1].split(",").map(n => n.trim())));
    for (const match of body.matchAll(new RegExp(name, "g"))) {
      const after = body.slice(match.index + match[0].length);
      if (!/^\s*\(/.test(after) && !/^\s*\[[^\]]*\]\s*\(/.test(after) && !indices.has(match[0]) && !words.has(match[0])) used.push(match[0]);
    }
  }
  return [...new Set(used)].filter(n => !bound.has(n));
}

/** The variable that is most likely meant. */
export function likelyVariable(program, wanted) {
  const names = namesOf(program);
  if (names.includes(wanted)) return wanted;
  return ["x", "w", "W", "X", "theta", "beta"].find(n => names.includes(n)) ?? names[0] ?? "";
}

/** The program with a declaration of a name put in the place of the one that stands there, or in front. */
export function declare(program, variable, set) {
  for (const { start, end, text } of statements(program)) {
    const found = declaration.exec(text);
    const names = found?.[1].split(",").map(n => n.trim());
    if (!names?.includes(variable)) continue;
    const others = names.filter(n => n !== variable);
    const lead = text.match(/^\s*/)[0], rest = text.slice(lead.length);
    const kept = others.length ? `${others.join(", ")}${rest.slice(found[1].length)}${set ? "; " : ""}` : "";
    return program.slice(0, start) + lead + kept + (set ? `${variable} in ${set}` : "") + program.slice(end).replace(kept || set ? "" : /^[;\n]\s*/, "");
  }
  return set ? `${variable} in ${set}\n${program}` : program;
}
