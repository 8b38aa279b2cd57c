/** A step for a primitive that is neither a contraction nor elementwise. */
import { NotExact } from "../errors";
import type { CallRule, Dense, Mask } from "../primitives/types";
import type { Shape } from "../shape";
import type { Call } from "../term";
import type { Memory, ModularContext, Operation } from "./operation";

export class CallStep implements Operation {
  readonly exact: boolean;
  readonly cost: number;
  private readonly params: readonly number[];
  private readonly shape: Shape;
  private readonly shapes: readonly Shape[];

  constructor(
    readonly target: number,
    readonly sources: readonly number[],
    node: Call,
    readonly rule: CallRule,
  ) {
    this.exact = !rule.rounds;
    this.params = node.params;
    this.shape = node.shape;
    this.shapes = node.args.map((arg) => arg.shape);
    this.cost = rule.cost(this.shapes, node.shape);
  }

  run(memory: Memory): void {
    this.rule.forward(this.operands(memory, false), this.params, memory.values[this.target]!, this.shape);
  }

  bound(memory: Memory): void {
    const error = memory.errors[this.target]!;
    this.rule.bound(this.operands(memory, true), this.params, memory.values[this.target]!, error, this.shape);
    for (let i = 0; i < error.length; i++) if (!(error[i]! >= 0)) error[i] = Infinity;
  }

  modular(memory: Memory, context: ModularContext): void {
    const { rule } = this;
    const mask = rule.exactness === "mask" ? (context.mask(this) ?? null) : null;
    if (!rule.forwardModular || (rule.exactness === "mask" && !mask)) throw new NotExact(rule.name);
    rule.forwardModular(this.operands(memory, false), this.params, memory.values[this.target]!, { field: context.field, atoms: context.atoms, mask }, this.shape);
  }

  /** The branch that the values at hand take; for rules with masks. */
  mask(memory: Memory): Mask {
    return this.rule.mask!(this.operands(memory, true), this.params);
  }

  private operands({ values, errors }: Memory, withErrors: boolean): Dense[] {
    return this.sources.map((slot, i) => ({ shape: this.shapes[i]!, data: values[slot]!, error: withErrors ? errors[slot]! : null }));
  }
}
