import type { Draft } from "../types";
import type { Workspace } from "../workspace";

/**
 * Rewrites a product into an equal and simpler one, in place. True if it did;
 * a product that is zero gets the coefficient zero.
 */
export type Rule = (draft: Draft, ws: Workspace) => boolean;
