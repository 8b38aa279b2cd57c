/** A text on one line: line breaks and runs of spaces as single spaces, none at its ends. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
