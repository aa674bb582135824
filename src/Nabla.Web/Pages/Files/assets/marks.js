// Where an error stands in a program.

import { element } from "./dom.js";

/** Underlines the place of an error in the copy of the program behind the box; null takes the mark away. */
export function mark(holder, program, error) {
  holder.replaceChildren();
  if (!error?.line) return;
  // Columns count code points.
  const lines = program.split("\n");
  const before = lines.slice(0, error.line - 1).reduce((length, line) => length + line.length + 1, 0);
  const start = before + [...lines[error.line - 1] ?? ""].slice(0, error.column - 1).join("").length;
  const rest = program.slice(start);
  const length = Math.max(1, (/^(?:[\p{L}_][\p{L}\d_]*|[\d.]+|\.?[*/^\\]|\S)/u.exec(rest) ?? [" "])[0].length);
  holder.append(program.slice(0, start), element("mark", {}, rest ? rest.slice(0, length) : " "), rest.slice(length));
}
