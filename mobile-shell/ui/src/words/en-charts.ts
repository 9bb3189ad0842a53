import type { daCharts } from "./da-charts";

const STAGES: Record<string, string> = {
  enrolled: "Enrolled",
  met_employer: "Have met an employer",
  started: "Have begun a job or an education",
  at_work: "Are in a job or an education",
};

/** The charts in English. */
export const enCharts: typeof daCharts = {
  title: "Charts",
  numbers: (title) => `The numbers behind: ${title}`,
  citizens: "Citizens",
  funnel: "How far they have come",
  funnelWhy: "Of those enrolled in the period. Nobody has to pass one stage to reach the next.",
  stage: "Stage",
  stageOf: (stage) => STAGES[stage] ?? stage,
  weeks: "Meetings with employers by week",
  weeksWhy: (weeks, goal) =>
    `The last ${weeks === 1 ? "week" : `${weeks} weeks`}, face to face, all consultants together. The line is ${goal} for each consultant (IPS-25, item 17).`,
  noWeeks: "No weeks to draw.",
  week: "Week",
  weekOf: (week) => week.replace(/^\d+-W0?/, ""),
  weekLong: (week) => week.replace(/^(\d+)-W0?(\d+)$/, "$2, $1"),
  meetings: "Meetings",
  consultants: "Consultants",
  perConsultant: "For each consultant",
  number: (value) => String(Math.round(value * 10) / 10),
  waits: "Days to the first meeting with an employer",
  waitsWhy: "Of those enrolled in the period.",
  wait: "Days",
  waitOf: (row) => (row.to_day === null ? `${row.from_day} days and more` : `${row.from_day}-${row.to_day} days`),
  metNobody: "No meeting yet",
  caseload: "Citizens for each consultant",
  caseloadWhy: (limit, own) => `By name. The line is ${limit} (${own ? "the programme's own file" : "IPS-25, item 1"}).`,
  consultant: "Consultant",
};
