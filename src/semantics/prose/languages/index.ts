/** The languages that are read. A new one is a table like the others and a line here. */
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import { ja } from "./ja";
import { ko } from "./ko";
import type { Language } from "./language";
import { pt } from "./pt";
import { ru } from "./ru";
import { vi } from "./vi";
import { zh } from "./zh";

/** English first: what nothing tells apart is read as English. */
export const languages: readonly Language[] = [en, zh, es, pt, fr, de, ru, ko, ja, vi];
