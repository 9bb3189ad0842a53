import type { daForRegion } from "./da-for-region";

/** The file for the region in English. */
export const enForRegion: typeof daForRegion = {
  write: "Write figures for the region",
  about: "The figures are rounded down to whole fives and tell of everything until the last quarter that is over. No single citizen can be read from them. This device signs the file.",
  written: (day: string): string => `The file is written: everything until ${day}.`,
  fingerprint: "The municipality's fingerprint, which the region keeps in its list:",
  byHand: "Give it once, by telephone or letter, and not together with the file.",
  file: (day: string): string => `figures-for-the-region-${day}.json`,
};
