/**
 * An error that is thrown to say something and caught to hear it, thousands of
 * times in a document: it carries no stack, which is what makes errors slow.
 */
export class Signal extends Error {
  constructor(message?: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
  }
}
