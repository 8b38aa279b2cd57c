/** The kind of the editor's colours, for pictures that cannot ask for it themselves. */
import * as vscode from "vscode";
import type { ThemeKind } from "../protocol/requests";

export function themeKind(): ThemeKind {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Light:
      return "light";
    case vscode.ColorThemeKind.HighContrast:
      return "highContrastDark";
    case vscode.ColorThemeKind.HighContrastLight:
      return "highContrastLight";
    case vscode.ColorThemeKind.Dark:
      return "dark";
  }
}
