// One window of the editor: a folder of its own with notes, settings and unpacked extensions, the server over it, and a page in Chromium.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumPath, nodeFolder } from "./install.mjs";

const settings = {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.tips.enabled": false,
  "editor.wordWrap": "on",
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "files.autoSave": "off",
  "git.enabled": false,
  "extensions.autoCheckUpdates": false,
};
const chromiumArguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** `extensions` are folders (`from`); each is copied, its manifest changed by `manifest`. */
export async function openWindow({ folder, notes, extensions }) {
  const { chromium } = createRequire(join(folder, "package.json"))("playwright-core");
  const root = mkdtempSync(join(tmpdir(), "gradcheck-window-"));
  const workspace = join(root, "notes");
  cpSync(notes, workspace, { recursive: true });
  for (const { from, manifest = (given) => given } of extensions) install(from, manifest, join(root, "extensions"));
  mkdirSync(join(root, "data", "User"), { recursive: true });
  writeFileSync(join(root, "data", "User", "settings.json"), JSON.stringify(settings));
  const port = await freePort();
  const entry = join(folder, "node_modules", "code-server", "out", "node", "entry.js");
  const server = spawn(join(nodeFolder(folder), "bin", "node"), [entry, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--user-data-dir", join(root, "data"), "--extensions-dir", join(root, "extensions"), "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", workspace], { stdio: "ignore", detached: true });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
  const close = async () => {
    await browser.close();
    // The server has children of its own; the group is ours alone.
    try {
      process.kill(-server.pid, "SIGTERM");
    } catch {}
    await new Promise((done) => setTimeout(done, 500));
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1500, height: 950 } });
    const url = `http://127.0.0.1:${port}/?folder=${workspace}`;
    await whenServed(page, url);
    return { root, workspace, page, url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function install(from, manifest, extensions) {
  const given = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  const to = join(extensions, `${given.publisher}.${given.name}-${given.version}`);
  cpSync(from, to, { recursive: true });
  writeFileSync(join(to, "package.json"), JSON.stringify(manifest(given)));
}

async function whenServed(page, url) {
  for (let tries = 0; ; tries++) {
    try {
      await page.goto(url);
      return;
    } catch (error) {
      if (tries > 60) throw error;
      await new Promise((done) => setTimeout(done, 500));
    }
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
