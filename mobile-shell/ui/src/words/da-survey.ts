import type { NamedCount } from "../bridge/generated/NamedCount";
import type { SurveyPage } from "../bridge/generated/SurveyPage";
import type { TileSaysRow } from "../bridge/generated/TileSaysRow";
import { count } from "./count";

const SIGNS: Record<string, string> = { answered_yes: "J", known_yes: "j", answered_no: "N", known_no: "n", unknown: "?", several: "*" };

/** A survey among job centres, in Danish. */
export const daSurvey = {
  title: "Undersøgelse blandt jobcentre",
  why: "Tæller en fil med svar, en linje for hvert jobcenter. Det, jobcentrene selv svarede, og det, man ved andre steder fra, tælles hver for sig. Filen bliver ikke gemt i Feltbog.",
  choose: "Vælg en fil med svar",
  form: "Hent en tom fil",
  formName: "undersoegelse.csv",
  against: "Hold op mod STARs tal fra 2021",
  againstWhy: "Viser, hvor filens tal er andre end dem, STAR skrev.",
  sheet: "Hent som regneark",
  sheetName: "undersoegelse-talt.csv",
  rate: (page: SurveyPage): string =>
    `${page.answered} af ${count(page.units, "enhed", "enheder")} svarede${page.response_percent === null ? "" : `, svarprocent ${page.response_percent}`}.`,
  alone: ({ answers }: SurveyPage): string =>
    `Efter svarene alene: ${answers.yes} arbejder med IPS, ${answers.no} gør ikke, ${answers.no_answer} svarede ikke.`,
  withOther: ({ with_other_knowledge: other }: SurveyPage): string =>
    `Med anden viden om dem, der ikke svarede: ${other.yes} arbejder med IPS, ${other.no} gør ikke, ${other.unknown} ved ingen noget om.`,
  coverage: ({ coverage }: SurveyPage, share: string): string =>
    coverage.units === 0
      ? "Ingen enhed siger både, hvor mange der er i målgruppen, og hvor mange der er i indsatsen."
      : `Dækning hos ${count(coverage.units, "enhed, der siger begge tal", "enheder, der siger begge tal")}: ${coverage.enrolled} i indsatsen af ${coverage.in_target_group} i målgruppen, ${share}. ${coverage.offered} er blevet tilbudt den hos ${count(coverage.units_offered, "enhed", "enheder")}.`,
  disagreeing: (units: string[]): string => `Svar og anden viden er uenige; svaret tæller: ${units.join(", ")}.`,
  unlike: "Det, der ikke passer med kilden",
  unread: (columns: string[]): string => `Kolonner, der ikke er læst: ${columns.join(", ")}.`,
  refused: (lines: number): string => `${count(lines, "linje", "linjer")} er ikke talt med:`,
  line: (line: number, field: string, reason: string): string => `Linje ${line}${field ? `, ${field}` : ""}: ${reason}`,
  nowhere: (units: string[]): string => `Talt med, men ikke en kommune efter navnet: ${units.join(", ")}.`,
  parts: { known_from: "Kendt uden svar", reasons: "Grunde til ikke at arbejde med IPS", help: "Hjælp udefra", training: "Uddannelse, hvor svaret er ja" },
  notSaid: "intet sagt om uddannelse",
  part: "Hvad",
  units: "Enheder",
  titleOf: (row: NamedCount | TileSaysRow): string => row.title,
  map: "Kommunerne",
  mapWhy: "Hver kommune er et felt, lige stort og omtrent hvor den ligger.",
  sign: (says: string): string => SIGNS[says] ?? "",
  municipality: "Kommune",
  says: "Siger",
};
