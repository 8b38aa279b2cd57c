/** The user's settings under `gradcheck.`, with their defaults. */
export interface Settings {
  readonly layout: "auto" | "denominator" | "numerator";
  readonly run: "edit" | "save" | "manual";
  readonly severity: SeveritySettings;
  /** Name with backslash → body. */
  readonly macros: Readonly<Record<string, string>>;
  /** Files with further macros, by path: from a folder of the workspace, from the document's, or absolute. */
  readonly macroFiles: readonly string[];
  readonly inlayHints: boolean;
}

export type SeveritySetting = "default" | "error" | "warning" | "information" | "hint" | "off";

export interface SeveritySettings {
  readonly refuted: SeveritySetting;
  readonly conditional: SeveritySetting;
  readonly convention: SeveritySetting;
  readonly notation: SeveritySetting;
}

/** Only contradictions enter the list of problems by default: hints are not listed there. */
export const defaultSettings: Settings = {
  layout: "auto",
  run: "edit",
  severity: { refuted: "default", conditional: "default", convention: "hint", notation: "hint" },
  macros: {},
  macroFiles: [],
  inlayHints: false,
};

/** Settings of others that say which macros formulas may use: of the editor's own preview, and of LaTeX Workshop's. */
export const otherSections = ["markdown.math.macros", "latex-workshop.hover.preview.newcommand.newcommandFile"] as const;

/** The settings in whatever an editor sent: what is missing or not understood has its default. */
export function readSettings(sent: unknown, markdownMacros: unknown, latexMacroFile: unknown): Settings {
  const given = record(sent);
  const severity = record(given.severity);
  const defaults = defaultSettings.severity;
  return {
    layout: oneOf(given.layout, ["auto", "denominator", "numerator"]) ?? defaultSettings.layout,
    run: oneOf(given.run, ["edit", "save", "manual"]) ?? defaultSettings.run,
    severity: {
      refuted: severityOf(severity.refuted) ?? defaults.refuted,
      conditional: severityOf(severity.conditional) ?? defaults.conditional,
      convention: severityOf(severity.convention) ?? defaults.convention,
      notation: severityOf(severity.notation) ?? defaults.notation,
    },
    macros: { ...readMacros(markdownMacros), ...readMacros(given.macros) },
    macroFiles: [latexMacroFile, ...(Array.isArray(given.macroFiles) ? (given.macroFiles as unknown[]) : [])].filter((name): name is string => typeof name === "string" && name.trim() !== ""),
    inlayHints: record(given.inlayHints).shapes === true,
  };
}

function severityOf(value: unknown): SeveritySetting | undefined {
  return oneOf(value, ["default", "error", "warning", "information", "hint", "off"]);
}

function oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((name) => name === value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** The backslash may be left out, as KaTeX's users do. */
function readMacros(value: unknown): Record<string, string> {
  const macros: Record<string, string> = {};
  for (const [name, body] of Object.entries(record(value))) {
    if (typeof body === "string" && name !== "") macros[name.startsWith("\\") ? name : `\\${name}`] = body;
  }
  return macros;
}
