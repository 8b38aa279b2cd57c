/** The languages that are read. A new one is a table like the others and a line here. */
import { en } from "./en";
import type { Language } from "./language";
import { zh } from "./zh";

/** English first: what nothing tells apart is read as English. */
export const languages: readonly Language[] = [en, zh];
