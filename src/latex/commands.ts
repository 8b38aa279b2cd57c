/** Every command that is known, by name without its backslash. Where two tables have the same name the later one wins. */
import type { Command } from "./command";
import { accents } from "./families/accents";
import { bigOperators } from "./families/big";
import { decorations } from "./families/decorated";
import { definitions } from "./families/definitions";
import { delimiters } from "./families/delimiters";
import { environments } from "./families/environments";
import { fonts } from "./families/fonts";
import { fractions } from "./families/fractions";
import { labelled } from "./families/labelled";
import { layout } from "./families/layout";
import { letters } from "./families/letters";
import { operatorCommands } from "./families/operators";
import { mangled } from "./families/mangled";
import { physics } from "./families/physics";
import { roots } from "./families/roots";
import { texts } from "./families/text";
import { wellKnownCommands } from "./families/wellknown";

const tables = [wellKnownCommands, physics, letters, operatorCommands, bigOperators, fractions, roots, accents, labelled, fonts, texts, delimiters, environments, decorations, layout, definitions, mangled];

export const commands: ReadonlyMap<string, Command> = new Map(tables.flatMap((table) => Object.entries(table)));
