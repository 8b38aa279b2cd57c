/**
 * What is tried for the claims of a document, told as it happens to whoever
 * asked: each reading, each assumption, each edit, and how it ended.
 */
import type { Reading } from "../readings/reading";
import type { Model } from "../semantics/model";
import type { Options } from "./attempt";
import type { Claim } from "./claim";
import type { Tried } from "./screen";

export interface Trial {
  readonly claim: Claim;
  readonly reading: Reading;
  readonly options: Options;
  readonly made: Tried;
}

const watchers = new WeakMap<Model, (trial: Trial) => void>();

export function watching<T>(model: Model, watcher: (trial: Trial) => void, run: () => T): T {
  watchers.set(model, watcher);
  try {
    return run();
  } finally {
    watchers.delete(model);
  }
}

export function tell(model: Model, trial: Trial): void {
  watchers.get(model)?.(trial);
}
