/**
 * What was worked out of an object, kept in a property of it that nobody sees:
 * no copy takes it along, and it goes when the object goes. For what is asked
 * of very many objects, where a WeakMap is slow to look up and to collect.
 */
export class Kept<K extends object, V> {
  private readonly mark = Symbol("kept");

  get(object: K): V | undefined {
    return (object as { [mark: symbol]: V | undefined })[this.mark];
  }

  set(object: K, value: V): void {
    Object.defineProperty(object, this.mark, { value, writable: true });
  }
}
