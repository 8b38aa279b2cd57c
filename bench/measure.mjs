// Side by side: every contender gets a short slice of time in turn, many times over, so that whatever slows the machine slows all of them.
// A slice is the best of a few short runs, as those of the peak are: what interrupts a run only adds to its time.
// Times are the processor's, as the system counts them for the process, so that other processes do not count; where threads are compared, the wall clock's.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const SLICE = 6; // milliseconds
const RUNS = 4;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 25);

/** Milliseconds of processor time that this process has used. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function wallTime() {
  return performance.now();
}

/** The nanoseconds of one run of each contender, by name: the slices of all rounds. A contender is a function, or an object with `slice()`. */
export async function sideBySide(contenders, clock = processorTime) {
  const names = Object.keys(contenders);
  const slices = {};
  for (const name of names) slices[name] = typeof contenders[name] === "function" ? await local(contenders[name], clock) : contenders[name].slice;
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) for (let i = 0; i < 3; i++) await slices[name]();
  for (let round = 0; round < ROUNDS; round++) for (const name of names) times[name].push(await slices[name]());
  return times;
}

/** How many times faster `name` is than `other`: the median of the rounds. */
export function speed(times, name, other) {
  return median(times[other].map((time, i) => time / times[name][i]));
}

export function median(values) {
  const sorted = values.filter(Number.isFinite).sort((x, y) => x - y);
  return sorted.length % 2 ? sorted[sorted.length >> 1] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
}

/** A loop compiled for this function alone, long enough to fill a slice after the engine has optimized it. */
async function local(run, clock) {
  const isAsync = run.constructor.name === "AsyncFunction";
  const loop = new Function("run", "clock", `return ${isAsync ? "async " : ""}(n) => { const start = clock(); for (let i = 0; i < n; i++) ${isAsync ? "await " : ""}run(); return clock() - start; };`)(run, clock);
  for (const until = clock() + 150; clock() < until; ) await loop(1);
  let repetitions = 1;
  for (let elapsed = 0; (elapsed = await loop(repetitions)) < SLICE / RUNS; ) repetitions = Math.ceil(repetitions * Math.min(8, (1.2 * SLICE) / RUNS / Math.max(elapsed, 0.01)));
  return bestOf(async () => ((await loop(repetitions)) * 1e6) / repetitions, repetitions > 1 ? RUNS : 2);
}

function bestOf(run, runs) {
  return async () => {
    let best = await run();
    for (let i = 1; i < runs; i++) best = Math.min(best, await run());
    return best;
  };
}

/** A process that answers each line with a line; null if it does not start. */
export async function server(command, args, environment = {}) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"], env: { ...process.env, ...environment } });
  let alive = true;
  child.on("error", () => (alive = false));
  child.on("exit", () => (alive = false));
  child.stdin.on("error", () => (alive = false));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line) => {
    if (!alive) return NaN;
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    return done ? NaN : Number(value);
  };
  return { ask, end: () => child.kill() };
}

/** A contender in a server: `request(repetitions)` gives the line to send. `run(repetitions)` is a single run of so many. */
export async function remote({ ask }, request) {
  let repetitions = 1;
  for (let i = 0; i < 20; i++) await ask(request(repetitions));
  const once = await ask(request(repetitions));
  if (!Number.isFinite(once)) return null;
  repetitions = Math.max(1, Math.ceil((SLICE / RUNS) * 1e6 / once));
  const run = (count) => ask(request(count));
  for (let i = 0; i < 25; i++) await run(repetitions);
  return { run, slice: bestOf(() => run(repetitions), repetitions > 1 ? RUNS : 2) };
}
