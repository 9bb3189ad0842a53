import { words } from "./words.svelte";

/** A kind by its code; the core's own Danish name where this language has none. */
export function kindName(code: string, danish: string): string {
  return words().kinds[code] ?? danish;
}

export function outcomeName(code: string | null, danish: string | null): string {
  return (code && words().outcomes[code]) || danish || code || "";
}

export function phaseName(code: string): string {
  return words().phases[code] ?? code;
}

/** *dag 26*; after the first year *1 år 4 md.*, because nobody thinks in 487 days. */
export function daysInProgramme(days: number): string {
  if (days <= 365) return words().days.inProgramme(days);
  const months = Math.floor(days / 30.44);
  return words().days.years(Math.floor(months / 12), months % 12);
}

/** First letter large: outcomes and the like are stored as they stand inside a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(words().code) + text.slice(1);
}
