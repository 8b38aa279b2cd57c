/** The extension where there is Node: the server is a process of its own. */
import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { activateWith } from "./activate";
import type { Connection } from "./client";

let connection: Connection | null = null;

export function activate(context: vscode.ExtensionContext): void {
  const module = context.asAbsolutePath("dist/server.js");
  connection = activateWith(context, (options) => new LanguageClient("gradcheck", "Gradcheck", { run: { module, transport: TransportKind.ipc }, debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6019"] } } }, options));
}

export async function deactivate(): Promise<void> {
  await connection?.client?.stop();
}
