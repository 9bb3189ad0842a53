import type { SentenceRow } from "../bridge/generated/SentenceRow";

/** What the programme aims at, and the file that says so, in Danish. */
export const daTargets = {
  title: "Programmets mål",
  none: "Programmets fil nævner intet mål.",
  ownOnly: "Målene gælder hele programmet, og du ser kun dine egne borgere: intet mål er afgjort.",
  atLeast: (percent: number): string => `mindst ${percent} %`,
  between: (from: string, to: string): string => `${from} til ${to}`,
  line: (percent: number): string => `Målet er ved ${percent} %`,
  quote: (says: string): string => `”${says}”`,
  source: (source: string): string => `Kilde: ${source}`,
  titleOf: (row: { title: string; title_en: string }): string => row.title,
  sentence: (said: SentenceRow): string => said.da,
  years: "Hvad et år kostede",
  unlike: "Det, der ikke passer sammen i programmets egen tekst",
  paper: "Hent status på én side",
  paperName: "status.pdf",
};

/** The programme's own file in Danish. */
export const daProgrammeFile = {
  title: "Programmets egen fil",
  why: "Den siger, hvad programmet koster og sigter mod. Alle i kommunen kan læse den; lederen af beskæftigelsessiden indlæser den.",
  kept: (name: string, source: string): string => `Her gælder ${name} (efter ${source}).`,
  none: "Programmet har ingen fil endnu.",
  unreadable: "Den fil, der gælder, kan ikke læses her:",
  take: "Hent filen",
  name: "programfil.toml",
  choose: "Indlæs en fil",
  shipped: "Eller vælg en, der følger med",
  remove: "Fjern filen",
  keptNow: "Filen er indlæst. De andre får den, når der er sendt.",
  removed: "Filen er fjernet.",
  undo: "Fortryd",
  undone: "Som før.",
  notTaken: "Filen er ikke indlæst. Det, der gjaldt før, gælder stadig.",
};
