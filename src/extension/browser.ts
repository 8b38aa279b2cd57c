/** The extension in a browser: the server is a worker. */
import * as vscode from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import type { MessageTransports } from "vscode-languageclient/browser";
import { activateWith } from "./activate";
import type { Connection } from "./client";

let connection: Connection | null = null;

export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server.web.js");
  connection = activateWith(context, (options) => new LanguageClient("gradcheck", "Gradcheck", () => transportsTo(script), options));
}

/** Joined here because the client would not know the worker for one: an extension host puts a function of its own in the place of `Worker`. */
async function transportsTo(script: vscode.Uri): Promise<MessageTransports> {
  const worker = await startWorker(script);
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}

/** A worker takes its script from the web; one that the editor keeps elsewhere is handed over as text. */
async function startWorker(script: vscode.Uri): Promise<Worker> {
  if (script.scheme === "https" || script.scheme === "http") return new Worker(script.toString(true));
  const text = await vscode.workspace.fs.readFile(script);
  return new Worker(URL.createObjectURL(new Blob([new Uint8Array(text)], { type: "text/javascript" })));
}

export async function deactivate(): Promise<void> {
  await connection?.client?.stop();
}
