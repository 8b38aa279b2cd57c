/** What the manifest says of the product; the build writes it in. */
declare const __VERSION__: string;
declare const __HOMEPAGE__: string;

export const version = __VERSION__;

/** The folder with a page for each code, ending in a slash; null where the manifest names no home. */
export const codePages: string | null = __HOMEPAGE__ === "" ? null : `${__HOMEPAGE__.replace(/#.*$/, "")}/blob/main/docs/codes/`;
