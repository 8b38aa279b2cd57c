// The tests in a real VS Code: those inside the extension host (desktop and web worker), and those that look at the page as a user does.
// `node scripts/integration.mjs [host] [page] [web]` runs only those named. A desktop VS Code runs the first where one can be downloaded
// (VSCODE_TEST_ELECTRON=1 or 0 decides without trying); everything else runs in the npm package code-server.
import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Mocha from "mocha";
import { vscodeFolder } from "./vscode/install.mjs";
import { openWindow } from "./vscode/window.mjs";

const out = resolve("out/integration");
const screenshots = resolve("out/screenshots");
const notes = resolve("test/integration/notes");
const parts = process.argv.slice(2).filter((name) => ["host", "page", "web"].includes(name));
const wanted = (part) => parts.length === 0 || parts.includes(part);
const hostDeadline = 300_000;

process.exitCode = (await main()) ? 0 : 1;

async function main() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(screenshots, { recursive: true });
  if (!existsSync("dist/extension.js")) await import("./build.mjs");
  const extension = process.env.GRADCHECK_EXTENSION ?? stageExtension();
  const tests = await stageTests();
  let failures = 0;
  const desktop = wanted("host") && (await canDownload());
  if (desktop) failures += await inDesktop(extension, tests);
  const folder = vscodeFolder();
  if ((wanted("host") && !desktop) || wanted("page")) {
    const window = await openWindow({ folder, notes, extensions: [{ from: extension }, { from: tests, manifest: (given) => ({ ...given, activationEvents: wanted("host") && !desktop ? given.activationEvents : [] }) }] });
    try {
      if (wanted("host") && !desktop) failures += await hostResults(window, "in the extension host");
      if (wanted("page")) failures += await inPage(window);
    } finally {
      await window.close();
    }
  }
  if (wanted("web")) {
    const onlyBrowser = ({ main: _, ...manifest }) => manifest;
    const window = await openWindow({ folder, notes, extensions: [{ from: extension, manifest: onlyBrowser }, { from: tests, manifest: onlyBrowser }] });
    try {
      failures += await hostResults(window, "in the web worker extension host");
    } finally {
      await window.close();
    }
  }
  return failures === 0;
}

/** The extension as it would be packed: what its allow-list names, from the build. */
function stageExtension() {
  const to = join(out, "extension");
  for (const file of ["package.json", "package.nls.json", "package.nls.de.json", "media", "l10n", "docs", "dist"]) if (existsSync(file)) cpSync(file, join(to, file), { recursive: true, filter: (path) => !path.endsWith(".map") });
  return to;
}

/** Mocha's build for browsers takes our exports for its own where it sees them; without it sets a global. */
function mochaAsGlobal() {
  const load = ({ path }) => ({ contents: `((module, exports, define) => {${readFileSync(path, "utf8")}\n})()`, loader: "js" });
  return { name: "mocha-as-global", setup: ({ onLoad }) => onLoad({ filter: /mocha\/mocha\.js$/ }, load) };
}

/** A second extension that carries the tests. */
async function stageTests() {
  const to = join(out, "tests");
  const shared = { bundle: true, logLevel: "warning", external: ["vscode"], entryPoints: { host: "test/integration/host/index.ts" }, format: "cjs", target: "es2022", sourcemap: "inline", plugins: [mochaAsGlobal()] };
  await build({ ...shared, outdir: to, platform: "node", define: { WEB: "false" } });
  await build({ ...shared, outdir: to, platform: "browser", entryPoints: { "host.web": "test/integration/host/index.ts" }, define: { WEB: "true", global: "globalThis" }, alias: { "node:child_process": resolve("test/integration/host/no-processes.ts"), "node:assert/strict": resolve("test/integration/host/worker-assert.ts") } });
  const manifest = { name: "gradcheck-tests", publisher: "gradcheck", version: "0.0.0", engines: { vscode: "^1.100.0" }, main: "./host.js", browser: "./host.web.js", activationEvents: ["onStartupFinished"], contributes: {}, capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true } };
  writeFileSync(join(to, "package.json"), JSON.stringify(manifest));
  return to;
}

/** Waits for the file that the tests write beside the notes when they are through, and tells what it says. */
async function hostResults({ root, page }, where) {
  const started = Date.now();
  let results = null;
  while (results === null && Date.now() - started < hostDeadline) {
    await new Promise((done) => setTimeout(done, 250));
    results = readResults(join(root, "results.json"));
  }
  console.log(`\n  VS Code, ${where}`);
  if (results === null) {
    await page.screenshot({ path: join(screenshots, "stuck.png") });
    tell(readResults(join(root, "progress.json")) ?? []);
    console.log(`    ✗ did not end within ${hostDeadline / 1000} s`);
    return 1;
  }
  const failed = tell(results);
  console.log(`    ${results.length - failed} passing, ${failed} failing`);
  return results.length === 0 ? 1 : failed;
}

function tell(results) {
  for (const { title, error, duration } of results) console.log(error === null ? `    ✔ ${title} (${duration} ms)` : `    ✗ ${title}\n${error.replace(/^/gm, "        ")}`);
  return results.filter(({ error }) => error !== null).length;
}

function readResults(file) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    // Still being written.
    return null;
  }
}

/** Mocha in this process, so that the tests share the window that is open. */
async function inPage(window) {
  const files = readdirSync("test/integration/page").filter((name) => name.endsWith(".test.ts"));
  const bundles = join(out, "page");
  await build({ entryPoints: files.map((name) => join("test/integration/page", name)), outdir: bundles, bundle: true, platform: "node", format: "esm", target: "node20", sourcemap: "inline", packages: "external", outExtension: { ".js": ".mjs" }, logLevel: "warning" });
  globalThis.editorWindow = { ...window, screenshots };
  const mocha = new Mocha({ timeout: 60_000, slow: 10_000 });
  for (const name of files) mocha.addFile(pathToFileURL(join(bundles, name.replace(/\.ts$/, ".mjs"))).pathname);
  await mocha.loadFilesAsync();
  const failed = await new Promise((done) => mocha.run(done));
  if (failed > 0) await window.page.screenshot({ path: join(screenshots, "failed.png") });
  return failed;
}

async function inDesktop(extension, tests) {
  const { runTests } = await import("@vscode/test-electron");
  const workspace = join(out, "desktop", "notes");
  cpSync(notes, workspace, { recursive: true });
  try {
    return await runTests({ extensionDevelopmentPath: extension, extensionTestsPath: join(tests, "host.js"), launchArgs: [workspace, "--disable-extensions", "--disable-workspace-trust", "--skip-welcome"] });
  } catch (error) {
    console.error(error);
    return 1;
  }
}

/** Whether a desktop VS Code can be had and shown. */
async function canDownload() {
  const told = process.env.VSCODE_TEST_ELECTRON;
  if (told !== undefined) return told === "1";
  if (process.platform === "linux" && !process.env.DISPLAY) return false;
  try {
    const answer = await fetch("https://update.code.visualstudio.com/api/releases/stable", { signal: AbortSignal.timeout(3000) });
    return answer.ok;
  } catch {
    return false;
  }
}
