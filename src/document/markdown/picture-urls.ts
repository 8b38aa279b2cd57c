/**
 * Formulas in the address of a picture: services that draw what their URL says.
 * What is percent-encoded there is decoded, each character keeping its place.
 */
import type { SourceText } from "../../base/span";
import { offsetAt } from "../../base/span";
import { SourceBuilder } from "../source";

interface Service {
  /** Matches up to where the formula starts. */
  readonly address: RegExp;
  /** A `+` means a space, as in forms. */
  readonly plusIsSpace: boolean;
  /** `&` ends the formula, further parameters follow. */
  readonly ampersandEnds: boolean;
}

const services: readonly Service[] = [
  { address: /^https?:\/\/render\.githubusercontent\.com\/render\/math\?(?:mode=\w+&)?math=/, plusIsSpace: true, ampersandEnds: false },
  { address: /^(?:https?:)?\/\/(?:\w+\.)?codecogs\.com\/(?:eqnedit\.php|[\w.]+)\?(?:latex=)?/, plusIsSpace: false, ampersandEnds: false },
  { address: /^https?:\/\/www\.zhihu\.com\/equation\?tex=/, plusIsSpace: true, ampersandEnds: true },
  { address: /^https?:\/\/chart\.(?:googleapis|apis\.google)\.com\/chart\?(?:[\w]+=[\w:,]*&)*chl=/, plusIsSpace: true, ampersandEnds: true },
  { address: /^https?:\/\/math\.vercel\.app\/?\?(?:[\w]+=[\w.#]*&)*from=/, plusIsSpace: false, ampersandEnds: true },
  { address: /^https?:\/\/(?:i\.upmath\.me|tex\.s2cms\.ru)\/(?:svg|png)\//, plusIsSpace: false, ampersandEnds: false },
  { address: /^https?:\/\/latex\.vercel\.app\/\??/, plusIsSpace: false, ampersandEnds: false },
];

/** What codecogs calls `&space;`. */
const named: Readonly<Record<string, string>> = { "&space;": " ", "&plus;": "+", "&hash;": "#", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

/** Settings of the picture before the formula. */
const settings = /^(?:\\(?:inline|dpi\s*\{[^{}]*\}|(?:bg|fg|fn)_?(?:\{[^{}]*\}|[a-z]+)|tiny|small|large|Large|huge)(?![A-Za-z])\s*)+/;

/** The formula in the address between `start` and `end`, or null where no service draws it. */
export function formulaInUrl(source: SourceText, start: number, end: number): SourceText | null {
  const url = source.text.slice(start, end);
  for (const service of services) {
    const address = service.address.exec(url);
    if (address) return decode(source, start + address[0].length, end, service);
  }
  return null;
}

function decode(source: SourceText, start: number, end: number, service: Service): SourceText | null {
  const built = new SourceBuilder();
  for (let at = start; at < end; ) {
    const step = character(source.text, at, end, service);
    if (!step) break;
    if (step.length === 1 && step.text === source.text[at]) built.append(source, at, at + 1);
    else built.decoded(step.text, offsetAt(source, at), step.length);
    at += step.length;
  }
  const whole = built.build(offsetAt(source, start));
  const prefix = settings.exec(whole.text)?.[0].length ?? 0;
  if (whole.text.trim() === "") return null;
  return prefix === 0 ? whole : without(whole, prefix);
}

function without(source: SourceText, prefix: number): SourceText {
  const built = new SourceBuilder();
  built.append(source, prefix, source.text.length);
  return built.build(offsetAt(source, prefix));
}

function character(text: string, at: number, end: number, service: Service): { readonly text: string; readonly length: number } | null {
  const sign = text.charAt(at);
  if (sign === "+" && service.plusIsSpace) return { text: " ", length: 1 };
  if (sign === "%") return percent(text, at, end) ?? { text: sign, length: 1 };
  if (sign !== "&") return { text: sign, length: 1 };
  const name = /^&[a-z]{2,6};/.exec(text.slice(at, at + 8))?.[0];
  const known = name === undefined ? undefined : named[name];
  if (name !== undefined && known !== undefined) return { text: known, length: name.length };
  return service.ampersandEnds ? null : { text: sign, length: 1 };
}

/** `%2B`, or the several bytes of one character in UTF-8. */
function percent(text: string, at: number, end: number): { readonly text: string; readonly length: number } | null {
  const bytes = /^(?:%[0-9A-Fa-f]{2}){1,4}/.exec(text.slice(at, Math.min(end, at + 12)))?.[0];
  if (bytes === undefined) return null;
  const first = parseInt(bytes.slice(1, 3), 16);
  const count = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const encoded = bytes.slice(0, 3 * count);
  try {
    return { text: decodeURIComponent(encoded), length: encoded.length };
  } catch {
    return null;
  }
}
