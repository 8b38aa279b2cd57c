/** The assertions that the tests use, for a worker, which has no `node:assert`. Values are compared as JSON says them. */
function fail(message: string | undefined, otherwise: string): never {
  throw new Error(message ?? otherwise);
}

const assert = {
  ok: (value: unknown, message?: string): void => {
    if (!value) fail(message, `${String(value)} is not truthy`);
  },
  equal: (actual: unknown, expected: unknown, message?: string): void => {
    if (!Object.is(actual, expected)) fail(message, `${String(actual)} is not ${String(expected)}`);
  },
  notEqual: (actual: unknown, expected: unknown, message?: string): void => {
    if (Object.is(actual, expected)) fail(message, `both are ${String(actual)}`);
  },
  deepEqual: (actual: unknown, expected: unknown, message?: string): void => {
    const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (one !== other) fail(message, `${one} is not ${other}`);
  },
  match: (text: string, pattern: RegExp, message?: string): void => {
    if (!pattern.test(text)) fail(message, `${text} does not match ${String(pattern)}`);
  },
};

export default assert;
