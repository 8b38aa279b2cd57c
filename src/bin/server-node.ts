/** The language server as a process: over the editor's pipe, or `--stdio` for any other editor. */
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { disk } from "../server/disk";
import { startServer } from "../server/server";
import { codePages, version } from "../server/product";

startServer(createConnection(ProposedFeatures.all), { version, pages: codePages, files: disk });
