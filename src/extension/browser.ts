/** The extension in a browser: the server is a worker. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { activateWith } from "./activate";
import type { Connection } from "./client";

let connection: Connection | null = null;

export function activate(context: vscode.ExtensionContext): void {
  const script = vscode.Uri.joinPath(context.extensionUri, "dist", "server.web.js");
  connection = activateWith(context, (options) => new LanguageClient("gradcheck", "Gradcheck", new Worker(script.toString(true)), options));
}

export async function deactivate(): Promise<void> {
  await connection?.client?.stop();
}
