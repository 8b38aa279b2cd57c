/** The page inside the editor: joins the panel to the editor's messages and memory. */
import "katex/dist/katex.min.css";
import "../../media/panel.css";
import { initialState } from "../protocol/page";
import type { FromPage, PageState, PageWords, ToPage } from "../protocol/page";
import { Panel } from "./panel";

interface EditorApi {
  readonly postMessage: (message: FromPage) => void;
  readonly getState: () => Partial<PageState> | undefined;
  readonly setState: (state: PageState) => void;
}
declare function acquireVsCodeApi(): EditorApi;

const editor = acquireVsCodeApi();
const words = JSON.parse(document.body.dataset.words ?? "{}") as PageWords;
const root = document.getElementById("panel");
if (root) {
  const page = new Panel(
    root,
    {
      send: (message) => {
        editor.postMessage(message);
      },
      save: (state) => {
        editor.setState(state);
      },
    },
    words,
    { ...initialState, ...editor.getState() },
  );
  window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
    page.receive(data);
  });
}
