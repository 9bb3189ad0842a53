import { barX, plot, ruleX, text } from "@observablehq/plot";

/** One line of a chart: what it is, and how many. */
export interface ChartRow {
  label: string;
  count: number;
}

/** How large a chart is: pixels across, and the height of a letter, which grows with what the person has set. */
export interface ChartSize {
  width: number;
  em: number;
}

/** Bars one under the other, each under its own words, so that long ones have room on the smallest phone. */
export function drawRows(rows: ChartRow[], limit: number | null, { width, em }: ChartSize): SVGSVGElement {
  const most = Math.max(1, limit ?? 0, ...rows.map((row) => row.count));
  const place = rows.map((row, index) => ({ ...row, index }));
  const says = { y: "index", dy: -0.55 * em, fill: "var(--ink)", fontSize: em * 0.825 } as const;
  const marks = [
    barX(place, { x: most, y: "index", fill: "var(--wash)", insetTop: 1.6 * em, insetBottom: 0.5 * em, rx: 3 }),
    barX(place, { x: "count", y: "index", fill: "var(--accent)", insetTop: 1.6 * em, insetBottom: 0.5 * em, rx: 3 }),
    text(place, { ...says, x: 0, text: "label", textAnchor: "start" }),
    text(place, { ...says, x: most, text: (row: ChartRow) => String(row.count), textAnchor: "end", fontWeight: 600 }),
  ];
  return plain(
    plot({
      className: "drawn",
      width,
      height: rows.length * 2.9 * em,
      margin: 1,
      x: { domain: [0, most], axis: null },
      y: { axis: null, padding: 0, domain: place.map((row) => row.index) },
      marks: limit === null ? marks : [...marks, ruleX([limit], { stroke: "var(--ink)", strokeWidth: 2, strokeDasharray: "4 3" })],
    }),
  );
}

/** Without the library's own style element, which the page's policy refuses; `Chart.svelte` says the same. */
export function plain(drawn: SVGSVGElement | HTMLElement): SVGSVGElement {
  if (!(drawn instanceof SVGSVGElement)) throw new Error("a chart is one picture");
  drawn.querySelector("style")?.remove();
  return drawn;
}
