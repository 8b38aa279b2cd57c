import { PassThrough } from "node:stream";
import { createConnection, createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import type { PublishDiagnosticsParams } from "vscode-languageserver/node";
import { startServer } from "../../../src/server/server";
import type { FileSource } from "../../../src/server/shelf";

/** A server in this process, and an editor that sends it notifications and waits for marks. */
export function start(files: FileSource | null = null) {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, { version: "0", pages: null, files });
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const marks = new Map<string, string[]>();
  let heard = (): void => {};
  client.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    marks.set(uri, diagnostics.map(({ range, code }) => `${range.start.line}:${range.start.character} ${code}`));
    heard();
  });
  client.listen();
  const until = (test: (shown: ReadonlyMap<string, string[]>) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const timeout = setTimeout(() => reject(new Error(`not shown in time: ${JSON.stringify([...marks])}`)), 20_000);
      heard = () => {
        if (!test(marks)) return;
        clearTimeout(timeout);
        resolve();
      };
      heard();
    });
  return { client, marks, until };
}
