/** Colour and width of a sink, as the user's environment has them. */
import { ansiPaint, plainPaint, type Screen } from "../report/pretty";
import type { Host, Sink } from "./host";

const narrowest = 40;
const usual = 120;

export function screenOf(sink: Sink, env: Host["env"]): Screen {
  const columns = sink.columns || Number(env.COLUMNS) || usual;
  return { width: Math.max(narrowest, columns), paint: coloured(sink, env) ? ansiPaint : plainPaint };
}

/** FORCE_COLOR is heard before NO_COLOR, as Node itself does; both count only where they are not empty. */
function coloured({ isTerminal }: Sink, { FORCE_COLOR: force, NO_COLOR: no, TERM: term }: Host["env"]): boolean {
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  return isTerminal && !no && term !== "dumb";
}
