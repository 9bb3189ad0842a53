import type { ReportPage } from "../bridge/generated/ReportPage";
import type { PeriodName } from "../state/period";
import { count } from "./count";

const decimal = (value: number): string => value.toFixed(1).replace(".", ",");

const DETAILS: Record<string, string> = {
  median: "Midterste værdi",
  over_20: "Konsulenter med over 20 borgere",
  over_25: "Konsulenter med over 25 borgere",
  without_consultant: "Borgere uden konsulent",
  began_work_instead: "Begyndte i job eller uddannelse i stedet",
};

/** The figures in Danish. */
export const daOverview = {
  title: "Overblik",
  file: "feltbog-overblik.csv",
  csv: "Hent som regneark",
  programme: "Program",
  period: "Periode",
  periods: { all: "Alt", this_year: "I år", last_year: "Sidste år" } as Record<PeriodName, string>,
  scope: (programme: string, own: boolean, day: string): string =>
    `${own ? "Kun dine egne borgere" : programme || "Hele programmet"} · pr. ${day}`,
  titleOf: (figure: ReportPage): string => figure.title,
  definitionOf: (figure: ReportPage): string => figure.definition,
  source: (source: string): string => `Kilde: ${source}`,
  value: (value: number | null, unit: string): string => {
    if (value === null) return "–";
    if (unit === "share") return `${decimal(value * 100)} %`;
    if (unit === "days") return `${decimal(value)} dage`;
    return unit === "persons" ? String(value) : decimal(value);
  },
  basis: (figure: ReportPage): string => {
    if (figure.denominator === null) return "personer";
    if (figure.unit === "days") return count(figure.denominator, "person", "personer");
    if (figure.unit === "per_week") return `${count(figure.numerator, "møde", "møder")} i ${count(figure.denominator, "konsulentuge", "konsulentuger")}`;
    if (figure.unit === "per_consultant") return `${count(figure.numerator, "borger", "borgere")}, ${count(figure.denominator, "konsulent", "konsulenter")}`;
    return `${figure.numerator} af ${figure.denominator}`;
  },
  detail: (name: string, value: number): string => `${DETAILS[name] ?? name}: ${Number.isInteger(value) ? value : decimal(value)}`,
  undecided: (number: number): string => `${count(number, "person", "personer")} kan ikke afgøres endnu og er ikke med.`,
  assumed: (number: number): string => `${count(number, "start", "starter")} uden oplyst ansættelsesform regnes for ordinære.`,
  counts: "Tæller med",
  countsNot: "Tæller ikke med",
  noCase: "uden borger",
  byConsultant: "Fordelt på konsulenter",
  consultant: "Konsulent",
  week: "Uge",
  count: "Antal",
};
