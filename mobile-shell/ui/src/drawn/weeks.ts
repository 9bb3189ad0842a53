import { axisX, axisY, barY, gridY, plot, ruleY } from "@observablehq/plot";
import { plain, type ChartSize } from "./rows";

/** A week and what was done in it, for each consultant. */
export interface ChartWeek {
  week: string;
  label: string;
  each: number;
}

/** Bars beside each other with the line they are meant to reach. */
export function drawWeeks(weeks: ChartWeek[], goal: number, { width, em }: ChartSize): SVGSVGElement {
  const most = Math.max(goal, ...weeks.map((week) => week.each)) * 1.1;
  const labels = new Map(weeks.map((week) => [week.week, week.label]));
  const every = Math.max(1, Math.ceil((weeks.length * 2.2 * em) / width));
  const letters = { fill: "var(--quiet)", stroke: "none", fontSize: em * 0.825 } as const;
  return plain(
    plot({
      className: "drawn",
      width,
      height: 12 * em,
      marginLeft: 1.8 * em,
      marginBottom: 1.8 * em,
      marginTop: 0.6 * em,
      marginRight: 2,
      x: { domain: weeks.map((week) => week.week), padding: 0.25 },
      y: { domain: [0, most] },
      marks: [
        gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 4 }),
        barY(weeks, { x: "week", y: "each", fill: "var(--accent)" }),
        ruleY([0], { stroke: "var(--edge)" }),
        ruleY([goal], { stroke: "var(--ink)", strokeWidth: 2, strokeDasharray: "4 3" }),
        axisX({
          ...letters,
          label: null,
          tickSize: 0,
          ticks: weeks.filter((_, at) => (weeks.length - 1 - at) % every === 0).map((week) => week.week),
          tickFormat: (week: string) => labels.get(week) ?? "",
        }),
        axisY({ ...letters, label: null, tickSize: 0, ticks: 4 }),
      ],
    }),
  );
}
