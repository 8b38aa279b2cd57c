/** The panel's icons as strokes; shapes differ, so that colour is never needed to tell them apart. */
import type { Verdict } from "../protocol/verdicts";

export const verdictIcons: Readonly<Record<Verdict, string>> = {
  verified: "M3 8.5 6.5 12 13 4.5",
  refuted: "M4 4l8 8M12 4l-8 8",
  conditional: "M8 2.5 14 13.5H2ZM8 6.5v3.2M8 11.6v.1",
  convention: "M2.5 6.2c2-2 3.6-1.4 5.5 0s3.500 2 5.500 0M2.500 10.700c2-2 3.600-1.400 5.500 0s3.500 2 5.500 0",
  definition: "M3.500 5v.1M3.500 11v.1M7 5.500h6.500M7 10.500h6.500",
  unchecked: "M5.500 5.800C5.500 4.200 6.600 3.200 8 3.200s2.500 1 2.500 2.400c0 1.900-2.500 2.100-2.500 4.200M8 12.700v.1",
};

export const pin = "M6 2h4l-.6 4.500 2.600 2V10H4V8.500l2.600-2ZM8 10v4";
export const pause = "M5.500 3.500v9M10.500 3.500v9";
export const copy = "M5.500 5.500v-3h8v8h-3M2.500 5.500h8v8h-8Z";
