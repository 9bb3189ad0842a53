import type { WaitRow } from "../bridge/generated/WaitRow";

const STAGES: Record<string, string> = {
  enrolled: "Indskrevet",
  met_employer: "Har mødt en arbejdsgiver",
  started: "Er begyndt i job eller uddannelse",
  at_work: "Er i job eller uddannelse",
};

/** The charts in Danish. */
export const daCharts = {
  title: "Diagrammer",
  numbers: (title: string): string => `Tallene bag: ${title}`,
  citizens: "Borgere",
  funnel: "Så langt er de nået",
  funnelWhy: "Af dem, der blev indskrevet i perioden. Ingen skal igennem ét trin for at nå det næste.",
  stage: "Trin",
  stageOf: (stage: string): string => STAGES[stage] ?? stage,
  weeks: "Møder med arbejdsgivere pr. uge",
  weeksWhy: (weeks: number, goal: number): string =>
    `${weeks === 1 ? "Den sidste uge" : `De sidste ${weeks} uger`}, ansigt til ansigt, for alle konsulenter under ét. Stregen er ${goal} pr. konsulent (IPS-25, punkt 17).`,
  noWeeks: "Ingen uger at tegne.",
  week: "Uge",
  weekOf: (week: string): string => week.replace(/^\d+-W0?/, ""),
  weekLong: (week: string): string => week.replace(/^(\d+)-W0?(\d+)$/, "$2, $1"),
  meetings: "Møder",
  consultants: "Konsulenter",
  perConsultant: "Pr. konsulent",
  number: (value: number): string => String(Math.round(value * 10) / 10).replace(".", ","),
  waits: "Dage til første møde med en arbejdsgiver",
  waitsWhy: "Af dem, der blev indskrevet i perioden.",
  wait: "Dage",
  waitOf: (row: WaitRow): string => (row.to_day === null ? `${row.from_day} dage og mere` : `${row.from_day}-${row.to_day} dage`),
  metNobody: "Intet møde endnu",
  caseload: "Borgere pr. konsulent",
  caseloadWhy: (limit: number, own: boolean): string =>
    `Efter navn. Stregen er ${limit} (${own ? "programmets egen fil" : "IPS-25, punkt 1"}).`,
  consultant: "Konsulent",
};
