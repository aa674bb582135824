// Reads .npy files (NumPy's format 1 to 3) of real numbers with one or two axes.

const readers = { f8: ["getFloat64", 8], f4: ["getFloat32", 4], i8: ["getBigInt64", 8], i4: ["getInt32", 4], i2: ["getInt16", 2], i1: ["getInt8", 1], u1: ["getUint8", 1], b1: ["getUint8", 1] };

/** The table that a file holds. */
export function readNpy(buffer) {
  const view = new DataView(buffer), bytes = new Uint8Array(buffer);
  if (bytes.length < 12 || bytes[0] !== 0x93 || String.fromCharCode(...bytes.slice(1, 6)) !== "NUMPY") throw new Error("The file is not .npy.");
  const isFirst = view.getUint8(6) === 1;
  const start = isFirst ? 10 : 12, length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = new TextDecoder().decode(bytes.slice(start, start + length));
  const type = /'descr'\s*:\s*'([<>|=])(\w\d)'/.exec(header), order = /'fortran_order'\s*:\s*(True|False)/.exec(header), shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(header);
  const reader = type && readers[type[2]];
  if (!reader || !order || !shape) throw new Error("The .npy file must hold real numbers.");
  const sizes = shape[1].split(",").map(s => s.trim()).filter(Boolean).map(Number);
  if (sizes.length > 2) throw new Error(`The array must have at most two axes, but it has ${sizes.length}.`);
  const [rows, columns] = sizes.length === 2 ? sizes : [sizes[0] ?? 1, 1];
  if (rows * columns === 0 || bytes.length < start + length + rows * columns * reader[1]) throw new Error(`The file is shorter than its ${rows} × ${columns} entries.`);
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) =>
    Number(view[reader[0]](start + length + (order[1] === "True" ? j * rows + i : i * columns + j) * reader[1], type[1] !== ">"))));
}
