import type { ReportPage } from "../bridge/generated/ReportPage";
import { count } from "./count";
import type { daOverview } from "./da-overview";

const decimal = (value: number): string => value.toFixed(1);

const DETAILS: Record<string, string> = {
  median: "Median",
  over_20: "Consultants with more than 20 citizens",
  over_25: "Consultants with more than 25 citizens",
  without_consultant: "Citizens without a consultant",
  began_work_instead: "Began a job or an education instead",
};

/** The figures in English. */
export const enOverview: typeof daOverview = {
  title: "Overview",
  file: "feltbog-overview.csv",
  csv: "Save as a spreadsheet",
  programme: "Programme",
  period: "Period",
  periods: { all: "All", this_year: "This year", last_year: "Last year" },
  scope: (programme, own, day) => `${own ? "Your own citizens only" : programme || "The whole programme"} · as of ${day}`,
  titleOf: (figure: ReportPage) => figure.title_en,
  definitionOf: (figure: ReportPage) => figure.definition_en,
  source: (source) => `Source: ${source}`,
  value: (value, unit) => {
    if (value === null) return "–";
    if (unit === "share") return `${decimal(value * 100)} %`;
    if (unit === "days") return `${decimal(value)} days`;
    return unit === "persons" ? String(value) : decimal(value);
  },
  basis: (figure) => {
    if (figure.denominator === null) return "persons";
    if (figure.unit === "days") return count(figure.denominator, "person", "persons");
    if (figure.unit === "per_week") return `${count(figure.numerator, "meeting", "meetings")} in ${count(figure.denominator, "consultant week", "consultant weeks")}`;
    if (figure.unit === "per_consultant") return `${count(figure.numerator, "citizen", "citizens")}, ${count(figure.denominator, "consultant", "consultants")}`;
    return `${figure.numerator} of ${figure.denominator}`;
  },
  detail: (name, value) => `${DETAILS[name] ?? name}: ${Number.isInteger(value) ? value : decimal(value)}`,
  undecided: (number) => `${count(number, "person", "persons")} cannot be decided yet and ${number === 1 ? "is" : "are"} left out.`,
  assumed: (number) => `${count(number, "start", "starts")} without terms ${number === 1 ? "counts" : "count"} as ordinary.`,
  counts: "Counted",
  countsNot: "Not counted",
  noCase: "no citizen",
  byConsultant: "By consultant",
  consultant: "Consultant",
  week: "Week",
  count: "Number",
};
