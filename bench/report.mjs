// Rows to Markdown.

/** A row: what was measured, where (n), the value, how it is written, the goal, and whether more is better. */
export function row(measure, at, value, { unit = "×", goal = null, atMost = false } = {}) {
  return { measure, at: String(at), value, unit, goal, atMost };
}

export function coreReport({ date, machine, node, pinned, rows }) {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const lines = measures.map((measure) => {
    const own = rows.filter((r) => r.measure === measure);
    return `| ${measure} | ${own.map(({ at }) => at).join(" / ")} | ${own.map(format).join(" / ")} | ${goalOf(own)} | ${verdict(own)} |`;
  });
  return `# The core, measured

${date}, ${machine}, Node ${node.replace("v", "")}${pinned ? ", one processor for all that is not about threads" : ""}. \`npm run bench -- core\` writes this file.

Ratios of medians side by side in one run; one thread unless said; operands in the memory of the kernels where "resident" is said, else in arrays of their own, copies included.

| | n | measured | goal | |
|---|---|---|---|---|
${lines.join("\n")}
`;
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
  const met = judged.filter(({ value, goal, atMost }) => (atMost ? value <= goal : value >= goal)).length;
  return met === judged.length ? "met" : met === 0 ? "not met" : `met at ${met} of ${judged.length}`;
}
