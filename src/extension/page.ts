/** The HTML of the panel's page: an empty frame that only runs our own script and shows only our own files. */
import * as vscode from "vscode";
import type { PageWords } from "../protocol/page";

export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", "webview", name)).toString();
  const nonce = createNonce();
  const policy = ["default-src 'none'", `script-src 'nonce-${nonce}'`, `style-src ${webview.cspSource}`, `font-src ${webview.cspSource}`].join("; ");
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(file("panel.css"))}">
<title>Gradcheck</title>
</head>
<body data-words="${attribute(JSON.stringify(pageWords()))}">
<div id="panel"></div>
<script nonce="${nonce}" src="${attribute(file("panel.js"))}"></script>
</body>
</html>`;
}

function pageWords(): PageWords {
  const { t } = vscode.l10n;
  return {
    all: t("All"),
    wrong: t("Wrong"),
    unchecked: t("Unchecked"),
    filter: t("Show"),
    pin: t("Pin to this document"),
    pause: t("Pause updates"),
    definitions: t("Definitions"),
    statements: t("Gradients and equations"),
    stated: t("Stated"),
    computed: t("Computed"),
    line: t("line {0}"),
    copy: t("Copy computed LaTeX"),
    copyCode: t("Copy as code"),
    showSteps: t("Show steps"),
    hideSteps: t("Hide steps"),
    noSteps: t("No derivation in steps is found."),
    checking: t("Checking…"),
    empty: t("Open a note with matrices or derivatives to see its gradients checked here."),
    nothing: t("This document asserts nothing that could be checked."),
    noneLeft: t("Nothing to show with this filter."),
    summary: t("{0} right, {1} wrong, {2} conditional, {3} unchecked"),
    unread: t("{0} of {1} formulas could not be read"),
    definition: t("Go to the definition of {0}"),
  };
}

function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function attribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
