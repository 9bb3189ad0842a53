import type { NamedCount } from "../bridge/generated/NamedCount";
import type { SurveyPage } from "../bridge/generated/SurveyPage";
import type { TileSaysRow } from "../bridge/generated/TileSaysRow";
import { count } from "./count";
import type { daSurvey } from "./da-survey";

const SIGNS: Record<string, string> = { answered_yes: "Y", known_yes: "y", answered_no: "N", known_no: "n", unknown: "?", several: "*" };

/** A survey among job centres, in English. */
export const enSurvey: typeof daSurvey = {
  title: "Survey among job centres",
  why: "Counts a file of answers, a line for each job centre. What they answered themselves and what is known from elsewhere are counted apart. The file is not kept in Feltbog.",
  choose: "Choose a file of answers",
  form: "Get an empty file",
  formName: "undersoegelse.csv",
  against: "Hold against the numbers of 2021",
  againstWhy: "Shows where the file's numbers differ from those that were published.",
  sheet: "Get as a spreadsheet",
  sheetName: "undersoegelse-talt.csv",
  rate: (page: SurveyPage): string =>
    `${page.answered} of ${count(page.units, "unit", "units")} answered${page.response_percent === null ? "" : `, a response rate of ${page.response_percent} percent`}.`,
  alone: ({ answers }: SurveyPage): string =>
    `By the answers alone: ${answers.yes} work with IPS, ${answers.no} do not, ${answers.no_answer} did not answer.`,
  withOther: ({ with_other_knowledge: other }: SurveyPage): string =>
    `With what is known of those that did not answer: ${other.yes} work with IPS, ${other.no} do not, of ${other.unknown} nobody knows.`,
  coverage: ({ coverage }: SurveyPage, share: string): string =>
    coverage.units === 0
      ? "No unit says both how many it is for and how many are in it."
      : `Coverage at ${count(coverage.units, "unit that says both numbers", "units that say both numbers")}: ${coverage.enrolled} take part of ${coverage.in_target_group} it is for, ${share}. It was offered to ${coverage.offered} at ${count(coverage.units_offered, "unit", "units")}.`,
  disagreeing: (units: string[]): string => `Answer and other knowledge disagree; the answer counts: ${units.join(", ")}.`,
  unlike: "What does not fit the source",
  unread: (columns: string[]): string => `Columns that were not read: ${columns.join(", ")}.`,
  refused: (lines: number): string => `${count(lines, "line is", "lines are")} not counted:`,
  line: (line: number, field: string, reason: string): string => `Line ${line}${field ? `, ${field}` : ""}: ${reason}`,
  nowhere: (units: string[]): string => `Counted, but no municipality by their name: ${units.join(", ")}.`,
  parts: { known_from: "Known without an answer", reasons: "Reasons for not working with IPS", help: "Help from outside", training: "Training, where the answer is yes" },
  notSaid: "nothing said of training",
  part: "What",
  units: "Units",
  titleOf: (row: NamedCount | TileSaysRow): string => row.title_en,
  map: "The municipalities",
  mapWhy: "Each municipality is a square of the same size, about where it lies.",
  sign: (says: string): string => SIGNS[says] ?? "",
  municipality: "Municipality",
  says: "Says",
};
