/** The language server as a worker, for an editor in a browser. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "../server/server";
import { codePages, version } from "../server/product";

const scope = self as unknown as Worker;
startServer(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), { version, pages: codePages, files: null });
