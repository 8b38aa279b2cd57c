// Rows to Markdown.

/** A row: what was measured, where (n), the value, how it is written, the goal, what the machine allows at most, and whether less is better. */
export function row(measure, at, value, { unit = "×", goal = null, bound = null, atMost = false } = {}) {
  return { measure, at: String(at), value, unit, goal, bound, atMost };
}

export function coreReport({ date, machine, node, load, pinned, rows }) {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const lines = measures.map((measure) => {
    const own = rows.filter((r) => r.measure === measure);
    return `| ${measure} | ${own.map(({ at }) => at).join(" / ")} | ${own.map(format).join(" / ")} | ${goalOf(own)} | ${boundOf(own)} | ${verdict(own)} |`;
  });
  return `# The core, measured

${date}, ${machine}, Node ${node.replace("v", "")}, load average ${load}${pinned ? ", one processor for all that is not about threads" : ""}. \`npm run bench -- core\` writes this file.

Ratios of medians side by side in one run, a section of the table at a time; one thread unless said; operands in the memory of the kernels where "resident" is said, else in arrays of their own, copies included. A bound is what the machine's peak would give, or what the operations alone cost; [bounds.md](bounds.md) says where each comes from.

| | n | measured | goal | bound | |
|---|---|---|---|---|---|
${lines.join("\n")}
`;
}

/** What the README shows: a row of the report in few words, where, and the row that says what the machine allows. */
const SHOWN = [
  ["share of the machine's 128-bit mul+add peak, resident", "share of the 128-bit mul+add peak", ["64", "256", "1024"]],
  ["– relaxed SIMD, Node 24", "– fused instructions, Node 24", ["64", "256", "1024"]],
  ["against OpenBLAS, 256-bit FMA, resident", "against OpenBLAS with 256-bit vectors", ["256"]],
  ["against ml-matrix, resident", "against ml-matrix", ["64", "256"]],
  ["against tfjs-wasm (float32), resident", "against tfjs-wasm, which works in float32", ["64", "256"]],
  ["against a flat JS loop", "against a flat JS loop", ["2", "3", "4", "8"]],
  ["forward + both gradients of A = ZW ÷ forward", "forward + both gradients of A = ZW ÷ forward", ["64", "256"]],
  ["exact product ÷ float product, p = 2^25 − 49, resident", "exact product ÷ float product", ["2", "4", "8", "64", "256"]],
  ["a batch of 1,000 products against one `core.matmul` each", "1,000 products as a batch, against one `core.matmul` each", ["4, resident", "4, copied"]],
  ["two threads against one, resident", "two threads against one", ["1024"]],
];

/** The README with its table and the line above it as measured. */
export function withTable(readme, { date, machine, node, load, rows }) {
  const lines = SHOWN.map(([measure, name, places]) => {
    const own = places.map((at) => rows.find((r) => r.measure === measure && r.at === at)).filter(Boolean);
    return own.length === 0 ? "" : `| ${name} | ${own.map(({ at }) => at).join(" / ")} | ${own.map(format).join(" / ")} | ${goalOf(own)} | ${boundOf(own)} |\n`;
  });
  const said = `The core on ${date}: ${machine}, Node ${node.replace("v", "")}, load average ${load}. \`npm run bench -- core\` measures it and writes this table; [all rows](bench/results/core.md), and [what bounds them](bench/results/bounds.md).`;
  return readme.replace(/^The core on \d[^]*?\n\n\|[^]*?\n\n/m, () => `${said}\n\n| | n | measured | goal | bound |\n|---|---|---|---|---|\n${lines.join("")}\n`);
}

function boundOf(rows) {
  return rows.some(({ bound }) => bound !== null) ? rows.map(({ bound, unit }) => (bound === null ? "–" : format({ value: bound, unit }))).join(" / ") : "";
}

function format({ value, unit }) {
  if (!Number.isFinite(value)) return "–";
  return `${value >= 20 ? value.toFixed(0) : value >= 3 ? value.toFixed(1) : value.toFixed(2)}${unit}`;
}

function goalOf(rows) {
  const goals = rows.map(({ goal, atMost, unit }) => (goal === null ? "" : `${atMost ? "≤" : "≥"} ${goal}${unit}`));
  return new Set(goals).size === 1 ? goals[0] : goals.map((goal) => goal || "–").join(" / ");
}

function verdict(rows) {
  const judged = rows.filter(({ goal, value }) => goal !== null && Number.isFinite(value));
  if (judged.length === 0) return "";
  const reaches = (value, { goal, atMost }) => (atMost ? value <= goal : value >= goal);
  const missed = judged.filter((row) => !reaches(row.value, row));
  if (missed.length === 0) return "met";
  const beyond = missed.filter((row) => row.bound !== null && !reaches(row.bound, row)).length;
  return `${missed.length === judged.length ? "not met" : `met at ${judged.length - missed.length} of ${judged.length}`}${beyond > 0 ? `, ${beyond} out of reach` : ""}`;
}

export function checkReport({ date, machine, node, load, documents, identities, start }) {
  const lines = documents.map(({ name, formulas, katex, check, keystroke, ratio, parts }) => `| ${name} | ${formulas} | ${milliseconds(katex)} | ${milliseconds(check)} | ${format({ value: ratio, unit: "×" })} | ${format({ value: (parts.reading + parts.understanding) / katex, unit: "×" })} | ${milliseconds(keystroke)} |`);
  return `# Checking, measured

${date}, ${machine}, Node ${node.replace("v", "")}, load average ${load}; warm, in one process, in turn. \`npm run bench -- check\` writes this file.

${summaryOf("document", documents)} ${divisionOf(documents)} In an editor a letter typed into a word takes ${format({ value: middle(documents.map(({ check, keystroke }) => check / keystroke)), unit: "" })} times less than the check did in the median document: nothing is decided again where the words say what they said. From a fresh start, a note of one formula takes the command ${milliseconds(1000 * start.seconds)} ms, ${format({ value: start.ratio, unit: "" })} times what Node takes to start.
${identities.length ? `\n${summaryOf("identity", identities)} ${exactShareOf(identities)} One takes ${milliseconds(middle(identities.map(({ check }) => check)))} ms, the slowest ${milliseconds(Math.max(...identities.map(({ check }) => check)))} ms.\n` : ""}
| | formulas | KaTeX, ms | check, ms | | reading and understanding alone | after a letter, ms |
|---|---|---|---|---|---|---|
${lines.join("\n")}
`;
}

function middle(values) {
  return [...values].sort((x, y) => x - y)[values.length >> 1];
}

function summaryOf(what, items) {
  const worst = items.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  return `The median ${what} of ${items.length} is checked in ${format({ value: middle(items.map(({ ratio }) => ratio)), unit: "" })} times what KaTeX takes to render its formulas, the worst (${worst.name}) in ${format({ value: worst.ratio, unit: "" })} times.`;
}

function divisionOf(documents) {
  const sums = ["reading", "understanding", "deciding"].map((part) => [part, documents.reduce((total, { parts }) => total + parts[part], 0)]);
  const all = sums.reduce((total, [, sum]) => total + sum, 0);
  return `Of the time, ${sums.map(([part, sum]) => `${Math.round((100 * sum) / all)} % is ${part}`).join(", ")}.`;
}

function exactShareOf(identities) {
  const [exact, numeric] = ["exact", "numeric"].map((kind) => identities.reduce((total, { decided }) => total + decided[kind], 0));
  return `Of what is decided, ${Math.round((100 * exact) / Math.max(1, exact + numeric))} % is decided exactly.`;
}

function milliseconds(value) {
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}
