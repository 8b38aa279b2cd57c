/**
 * Sentences in the user's language. The English text is the key, as in the
 * editor's own bundles; `{0}`, `{1}` stand for the arguments.
 */
export type Words = (message: string, ...args: readonly (string | number)[]) => string;

export function wordsFrom(bundle: Readonly<Record<string, string>>): Words {
  return (message, ...args) => (bundle[message] ?? message).replace(/\{(\d)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}
