/** The window that the runner has opened, and what a user does in it. */
import { join } from "node:path";

/** The parts of playwright-core's interface that the tests use; the package itself is in the runner's cache. */
export interface Locator {
  readonly click: (options?: object) => Promise<void>;
  readonly dblclick: () => Promise<void>;
  readonly count: () => Promise<number>;
  readonly first: () => Locator;
  readonly nth: (index: number) => Locator;
  readonly locator: (selector: string, options?: object) => Locator;
  readonly waitFor: (options?: object) => Promise<void>;
  readonly innerText: (options?: object) => Promise<string>;
  readonly getAttribute: (name: string) => Promise<string | null>;
  readonly hover: (options?: object) => Promise<void>;
  readonly focus: () => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  readonly evaluate: <R, A = undefined>(act: (element: HTMLElement, argument: A) => R, argument?: A) => Promise<R>;
  readonly boundingBox: () => Promise<{ x: number; y: number; width: number; height: number } | null>;
}

export interface Frame {
  readonly locator: (selector: string, options?: object) => Locator;
  readonly url: () => string;
}

export interface Page extends Frame {
  readonly frames: () => Frame[];
  readonly keyboard: { readonly press: (key: string) => Promise<void>; readonly type: (text: string, options?: object) => Promise<void> };
  readonly mouse: { readonly move: (x: number, y: number) => Promise<void> };
  readonly evaluate: <R, A>(act: (argument: A) => R | Promise<R>, argument: A) => Promise<R>;
  readonly waitForTimeout: (milliseconds: number) => Promise<void>;
  readonly screenshot: (options: { path: string }) => Promise<unknown>;
  readonly reload: () => Promise<unknown>;
  readonly on: (event: "request", listener: (request: { url: () => string }) => void) => void;
}

interface EditorWindow {
  readonly page: Page;
  readonly screenshots: string;
}

export function session(): EditorWindow {
  return (globalThis as unknown as { editorWindow: EditorWindow }).editorWindow;
}

export function page(): Page {
  return session().page;
}

export async function picture(name: string): Promise<void> {
  await page().screenshot({ path: join(session().screenshots, `${name}.png`) });
}

/** Opens a note by name, as with Ctrl+P. */
export async function openNote(name: string): Promise<void> {
  await quickInput("Control+P", name);
  await page().locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page().locator(".monaco-editor .view-line").first().waitFor();
}

export async function command(title: string): Promise<void> {
  await quickInput("F1", title);
}

/** Picks a colour theme by the name that the editor shows. */
export async function pickTheme(name: string): Promise<void> {
  await quickInput("Control+K Control+T", name);
}

async function quickInput(keys: string, text: string): Promise<void> {
  const input = page().locator(".quick-input-widget input").first();
  // An editor that is still starting hears no key.
  await until("the quick input", async () => {
    for (const key of keys.split(" ")) await page().keyboard.press(key);
    return input.waitFor({ timeout: 3000 }).then(() => true, () => false);
  });
  await choose(text);
  await page().locator(".quick-input-widget").waitFor({ state: "hidden" });
}

async function choose(text: string): Promise<void> {
  await page().keyboard.type(text, { delay: 5 });
  await page().locator(".quick-input-list .monaco-list-row").first().waitFor();
  await page().waitForTimeout(400);
  await page().keyboard.press("Enter");
}

/** The panel's own frame, inside the two that the editor puts around it. */
export function panel(): Promise<Frame> {
  return until("the panel", async () => {
    for (const frame of page().frames()) if ((await frame.locator("#panel .toolbar").count().catch(() => 0)) > 0) return frame;
    return null;
  });
}

/** What the editor has written down of what is open, for the next time that it is opened. */
export function remembered(): Promise<string> {
  return page().evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const found: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name as string));
      try {
        for (const store of database.objectStoreNames) found.push(String(await answer(database.transaction(store).objectStore(store).get("memento/workbench.parts.editor"))));
      } finally {
        database.close();
      }
    }
    return found.join("\n");
  }, null);
}

/** The line of the cursor, as the status bar tells it. */
export async function cursorLine(): Promise<number> {
  const text = await page().locator("#status\\.editor\\.selection").innerText();
  return Number(/Ln (\d+)/.exec(text)?.[1]);
}

export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>, patience = 30_000): Promise<T> {
  const started = Date.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() - started > patience) throw new Error(`waited in vain for ${what}`);
    await page().waitForTimeout(100);
  }
}
