/**
 * What was decided of a document the last time, for as long as its text says
 * the same: an editor asks after every few keys, and most of them change words
 * that declare nothing. Nothing is taken over unless the document is understood
 * as before in all that a verdict may rest on.
 */
import type { Reading } from "../readings/reading";
import { digestOf } from "../semantics/digest";
import type { Model } from "../semantics/model";
import type { Entity } from "../semantics/symbols/entity";
import { withComputed } from "../verify/check";
import { definedShape } from "../verify/closed";
import type { Finding } from "../verify/finding";
import { type Open, openGradients } from "../verify/open";
import { type ReadDocument, readJointly } from "./reading";
import type { AnalyzeOptions } from "./types";

/** All that is decided of a document; its places are in formulas. */
export interface Decided {
  readonly read: ReadDocument;
  readonly findings: readonly Finding[];
  /** What is asked for last: it takes the shapes for given that were worked out before. */
  readonly open: () => readonly Open[];
  /** What definitions leave unsaid of the shape of a symbol. */
  readonly shapeOf: (entity: Entity) => Entity["shape"];
}

export class Memory {
  /** How often nothing had to be decided. */
  taken = 0;
  private last: { readonly key: string; readonly decided: Decided } | null = null;

  /** What is decided of a document, now or before. */
  decide(model: Model, options: AnalyzeOptions): Decided {
    const key = `${options.layout} ${options.closedForms} ${digestOf(model)}`;
    if (this.last?.key === key) {
      this.taken++;
      return inPlaceOf(this.last.decided, model);
    }
    const decided = decide(model, options);
    this.last = { key, decided };
    return decided;
  }
}

/** Those of several documents, by name. */
export class Memories {
  private readonly all = new Map<string, Memory>();

  of(name: string): Memory {
    let memory = this.all.get(name);
    if (!memory) this.all.set(name, (memory = new Memory()));
    return memory;
  }

  forget(name: string): void {
    this.all.delete(name);
  }
}

export function decide(model: Model, { layout, closedForms = "all" }: AnalyzeOptions): Decided {
  const read = readJointly(model, layout);
  const findings = withComputed(model, read.findings, closedForms);
  let open: readonly Open[] | null = null;
  return { read, findings, open: () => (open ??= openGradients(model, read.home)), shapeOf: shapesOf(model, read.home) };
}

function shapesOf(model: Model, home: Reading): Decided["shapeOf"] {
  const known = new Map<number, Entity["shape"]>();
  return (entity) => {
    let shape = known.get(entity.id);
    if (shape === undefined) known.set(entity.id, (shape = definedShape(model, entity, home)));
    return shape;
  };
}

/** The same of a document that is understood alike. */
function inPlaceOf(decided: Decided, model: Model): Decided {
  return { ...decided, findings: decided.findings.map((finding) => ({ ...finding, located: model.located[finding.located.id] ?? finding.located })) };
}
