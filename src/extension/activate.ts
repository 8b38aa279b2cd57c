/** What the extension consists of, in the desktop's editor as in a browser's. */
import * as vscode from "vscode";
import type { IgnoreArguments } from "../protocol/requests";
import { Connection } from "./client";
import type { ClientFactory } from "./client";
import { copyCode } from "./commands/copy-code";
import { ignore } from "./commands/ignore";
import { insertGradient } from "./commands/insert-gradient";
import { verifyDocument } from "./commands/verify-document";
import { verifyWorkspace } from "./commands/verify-workspace";
import { Panel } from "./panel";
import { Status } from "./status";

export function activateWith(context: vscode.ExtensionContext, factory: ClientFactory): Connection {
  const connection = new Connection(factory, context.extensionUri);
  const panel = new Panel(connection, context.extensionUri);
  context.subscriptions.push(
    connection,
    panel,
    new Status(connection),
    vscode.commands.registerCommand("gradcheck.verifyDocument", () => verifyDocument(connection)),
    vscode.commands.registerCommand("gradcheck.verifyWorkspace", () => verifyWorkspace(connection)),
    vscode.commands.registerCommand("gradcheck.showPanel", () => {
      panel.show();
    }),
    vscode.commands.registerCommand("gradcheck.insertGradient", () => insertGradient(connection)),
    vscode.commands.registerCommand("gradcheck.copyCode", () => copyCode(connection)),
    vscode.commands.registerCommand("gradcheck.ignore", (where: IgnoreArguments, reason?: string) => ignore(where, reason)),
  );
  return connection;
}
