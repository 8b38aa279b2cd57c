/** Markdown of every dialect, from one text into a collector. */
import type { SourceText } from "../../base/span";
import type { Collector } from "../collector";
import { readBlocks } from "./blocks";
import { readFrontMatter } from "./front-matter";
import { splitLines } from "./lines";
import { MarkdownReader } from "./reader";

export interface MarkdownOptions {
  readonly filename: string;
  /** A whole file, which may have front matter. */
  readonly file: boolean;
}

export function readMarkdown(source: SourceText, collector: Collector, options: MarkdownOptions): void {
  const front = options.file ? readFrontMatter(source) : { end: 0, jekyll: false, macros: [] };
  collector.macros.push(...front.macros);
  const kramdown = front.jekyll || /(?:^|[\\/])_posts[\\/]/.test(options.filename);
  const reader = new MarkdownReader(source, collector, { kramdown, mdx: /\.mdx$/i.test(options.filename) });
  readBlocks(reader, splitLines(source.text, front.end), { role: "body", ordered: false, depth: 0 });
}
