/**
 * How much of the notes was read and decided: of each file, and why the rest
 * was not. A claim is a statement that says something which could be false.
 */
import type { Statement, UncheckedReason } from "../base/statement";
import { type CheckedFile, type Counts, countVerdicts, statementsOf } from "./checked";
import { displayWidth, printable } from "./pretty/columns";
import type { Screen } from "./pretty/message";
import { reasonWords } from "./words";

export interface Coverage {
  readonly formulas: { readonly total: number; readonly read: number };
  readonly claims: number;
  readonly decided: number;
  readonly verdicts: Counts;
  /** Unchecked statements by reason, most frequent first. */
  readonly reasons: Readonly<Partial<Record<UncheckedReason, number>>>;
}

export interface Stats {
  readonly version: 1;
  readonly files: readonly (Coverage & { readonly path: string })[];
  readonly total: Coverage;
}

export function statsOf(files: readonly CheckedFile[]): Stats {
  return { version: 1, files: files.map((file) => ({ path: file.path, ...coverage([file]) })), total: coverage(files) };
}

export function prettyStats({ files, total }: Stats, { width, paint }: Screen): string {
  const head = ["file", "formulas", "read", "claims", "decided", "verified", "wrong", "conditional", "convention", "unchecked"];
  const rows = [...files.map((file) => cells(printable(file.path), file)), ...(files.length === 1 ? [] : [cells("all", total)])];
  const table = aligned([head, ...rows], width);
  const reasons = Object.entries(total.reasons).map(([reason, count]) => `  ${`${count}`.padStart(6)}  ${reason.padEnd(16)}${reasonWords[reason as UncheckedReason]}`);
  const share = total.claims ? `, ${Math.round((100 * total.decided) / total.claims)}% of the claims decided` : "";
  return [
    paint("strong", table[0] ?? ""),
    ...table.slice(1),
    "",
    ...(reasons.length ? [paint("strong", "unchecked, by reason"), ...reasons, ""] : []),
    `${total.formulas.read} of ${total.formulas.total} formulas read${share}`,
    "",
  ].join("\n");
}

function coverage(files: readonly CheckedFile[]): Coverage {
  const statements = statementsOf(files);
  const claims = statements.filter(isClaim);
  return {
    formulas: {
      total: files.reduce((sum, { report }) => sum + report.formulas.total, 0),
      read: files.reduce((sum, { report }) => sum + report.formulas.read, 0),
    },
    claims: claims.length,
    decided: claims.filter(({ verdict }) => verdict !== "unchecked").length,
    verdicts: countVerdicts(statements),
    reasons: countReasons(statements),
  };
}

function isClaim({ verdict, reason }: Statement): boolean {
  return verdict !== "definition" && reason !== "not-a-claim";
}

function countReasons(statements: readonly Statement[]): Coverage["reasons"] {
  const counts = new Map<UncheckedReason, number>();
  for (const { verdict, reason } of statements) if (verdict === "unchecked" && reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}

function cells(name: string, { formulas, claims, decided, verdicts }: Coverage): string[] {
  const numbers = [formulas.total, formulas.read, claims, decided, verdicts.verified, verdicts.refuted, verdicts.conditional, verdicts.convention, verdicts.unchecked];
  return [name, ...numbers.map(String)];
}

/** Names at the left, shortened at their start where the table would be too wide; numbers at the right. */
function aligned(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => displayWidth(row[i] ?? ""))));
  const numbers = widths.slice(1).reduce((sum, one) => sum + one + 2, 0);
  const name = Math.min(widths[0] ?? 0, Math.max(20, width - numbers));
  return rows.map(([first = "", ...rest]) => {
    const shown = displayWidth(first) > name ? `…${first.slice(-(name - 1))}` : first;
    return `${shown}${" ".repeat(Math.max(0, name - displayWidth(shown)))}${rest.map((cell, i) => `  ${cell.padStart(widths[i + 1] ?? 0)}`).join("")}`;
  });
}
