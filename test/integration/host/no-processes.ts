/** Stands for `node:child_process` where there are no processes: in a worker. */
export function execFileSync(): never {
  throw new Error("a worker has no processes");
}
