import type { ReportAsked } from "../bridge/generated/ReportAsked";

/** The periods a figure is looked at for. */
export const PERIODS = ["all", "this_year", "last_year"] as const;
export type PeriodName = (typeof PERIODS)[number];

/** What is asked of the core for one of them; days of this device's calendar. */
export function asked(period: PeriodName, programme: string | null, today = new Date()): Omit<ReportAsked, "measure"> {
  const year = today.getFullYear();
  const none = { programme, from: null, to: null, at: null };
  switch (period) {
    case "all":
      return none;
    case "this_year":
      return { ...none, from: `01-01-${year}` };
    case "last_year":
      return { ...none, from: `01-01-${year - 1}`, to: `31-12-${year - 1}` };
  }
}
