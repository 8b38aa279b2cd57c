/** A list or an object with its items or fields changed; the same one where none changes, and whatever else it is as it is. */
export function withParts(value: unknown, change: (part: unknown, field: string) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([field, part]) => [field, change(part, field)] as const);
  if (entries.every(([field, part]) => part === (value as Record<string, unknown>)[field])) return value;
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}
