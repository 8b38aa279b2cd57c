/**
 * What the command line needs of the process it runs in. Given, not reached
 * for, so that a test can run a command and read what it wrote.
 */
export interface Host {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Sink;
  readonly err: Sink;
  readonly readInput: () => Promise<Uint8Array>;
}

export interface Sink {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Undefined where that is not known. */
  readonly columns: number | undefined;
}

export function processHost(): Host {
  return {
    cwd: process.cwd(),
    env: process.env,
    out: sink(process.stdout),
    err: sink(process.stderr),
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  };
}

/** A reader that goes away (`gradcheck … | head`) ends the process quietly. */
function sink(stream: NodeJS.WriteStream): Sink {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
  };
}
