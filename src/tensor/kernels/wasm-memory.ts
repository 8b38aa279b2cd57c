/**
 * The memory of the compiled kernels as an arena of float64.
 *
 * It never grows, so views into it stay valid and the system commits only the
 * pages that were touched. What lies in it is multiplied where it is; other
 * operands are copied to the free end for the time of one product. A part of
 * that end is never allocated, so that there is always room to copy to.
 */
import { TooLarge } from "../errors";

const STAGING_BYTES = 2 ** 20;
/** Up to here a loop copies faster than `set` starts (measured). */
const SHORT = 32;

/** More entries than the arena has room for; nothing was allocated. */
export class ArenaFull extends TooLarge {
  override readonly name: string = "ArenaFull";
  constructor(entries: number, free: number) {
    super(entries, free);
    this.message = `${entries} entries do not fit into the ${free} that are free in the memory of the kernels`;
  }
}

export class Arena {
  /** The whole memory; an entry's index is its address divided by 8. */
  readonly heap: Float64Array;
  /** The address behind the last byte. */
  readonly end: number;
  private readonly buffer: ArrayBufferLike;
  private top: number;
  /** Of views that were seen to lie here: asking a view for its buffer takes as long as a product of 4×4. */
  private readonly addresses = new WeakMap<Float64Array, number>();

  /** Allocates from the address `base`, a multiple of 16. */
  constructor(
    readonly memory: WebAssembly.Memory,
    private readonly base: number,
  ) {
    this.buffer = memory.buffer;
    this.heap = new Float64Array(memory.buffer);
    this.end = this.buffer.byteLength;
    this.top = base;
  }

  /** The least memory that makes sense, in bytes. */
  static smallest(base: number): number {
    return base + STAGING_BYTES;
  }

  /** A view of `length` entries with unspecified contents; throws `ArenaFull`. */
  allocate(length: number): Float64Array {
    const free = this.end - STAGING_BYTES - this.top;
    if (!(roomFor(length) <= free)) throw new ArenaFull(length, Math.max(0, free / 8));
    const view = new Float64Array(this.buffer, this.top, length);
    this.addresses.set(view, this.top);
    this.top += roomFor(length);
    return view;
  }

  mark(): number {
    return this.top;
  }

  release(mark: number = this.base): void {
    if (!(mark >= this.base && mark <= this.top)) throw new RangeError("release: not a mark of this arena");
    this.top = mark;
  }

  /** Whether the array is known to lie in this memory, from its allocation or from an earlier product. */
  knows(array: Float64Array): boolean {
    return this.addresses.has(array);
  }

  /** Where the array lies in this memory, or −1. */
  addressOf(array: Float64Array): number {
    const known = this.addresses.get(array);
    if (known !== undefined) return known;
    if (array.buffer !== this.buffer) return -1;
    this.addresses.set(array, array.byteOffset);
    return array.byteOffset;
  }

  /** Where copies may be put: from here to the end. */
  get staging(): number {
    return this.top;
  }

  /** The first `length` entries of the array to the address. */
  copyIn(array: Float64Array, length: number, address: number): void {
    const { heap } = this;
    const start = address / 8;
    if (length <= SHORT) for (let i = 0; i < length; i++) heap[start + i] = array[i]!;
    else heap.set(array.length === length ? array : array.subarray(0, length), start);
  }

  copyOut(array: Float64Array, length: number, address: number): void {
    const { heap } = this;
    const start = address / 8;
    if (length <= SHORT) for (let i = 0; i < length; i++) array[i] = heap[start + i]!;
    else array.set(heap.subarray(start, start + length));
  }

  /** `rows` rows of `columns` entries from the place (row, column) of a matrix with `width` columns. */
  copyBlockIn(array: Float64Array, width: number, row: number, column: number, rows: number, columns: number, address: number): void {
    for (let r = 0; r < rows; r++) {
      const start = (row + r) * width + column;
      this.heap.set(array.subarray(start, start + columns), address / 8 + r * columns);
    }
  }

  copyBlockOut(array: Float64Array, width: number, row: number, column: number, rows: number, columns: number, address: number): void {
    for (let r = 0; r < rows; r++) {
      const start = address / 8 + r * columns;
      array.set(this.heap.subarray(start, start + columns), (row + r) * width + column);
    }
  }
}

/** Bytes for so many entries, a multiple of 16. */
export function roomFor(length: number): number {
  return 16 * Math.ceil(length / 2);
}
