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

/** How wide a letter is on the average, in its own height. */
const LETTER = 0.55;

/** Bars one under the other, each under its own words, so that long ones have room on the smallest phone and in the largest letters. */
export function drawRows(rows: ChartRow[], limit: number | null, { width, em }: ChartSize): SVGSVGElement {
  const most = Math.max(1, limit ?? 0, ...rows.map((row) => row.count));
  const place = rows.map((row, index) => ({ ...row, index }));
  const fontSize = em * 0.825;
  // The number stands to the right of the words.
  const lineWidth = width / fontSize - 3;
  const lines = Math.max(1, ...rows.map((row) => Math.ceil((row.label.length * LETTER) / lineWidth)));
  const wordsHeight = lines * fontSize * 1.25 + 0.35 * em;
  const [barHeight, gap] = [0.8 * em, 0.6 * em];
  const height = wordsHeight + barHeight + gap;
  const bar = { y: "index", insetTop: wordsHeight, insetBottom: gap, rx: 3 } as const;
  const says = { y: "index", dy: wordsHeight - 0.3 * em - height / 2, lineAnchor: "bottom", fill: "var(--ink)", fontSize, lineHeight: 1.25 } as const;
  const marks = [
    barX(place, { ...bar, x: most, fill: "var(--wash)" }),
    barX(place, { ...bar, x: "count", fill: "var(--accent)" }),
    text(place, { ...says, x: 0, text: "label", textAnchor: "start", lineWidth }),
    text(place, { ...says, x: most, text: (row: ChartRow) => String(row.count), textAnchor: "end", fontWeight: 600 }),
  ];
  return plain(
    plot({
      className: "drawn",
      width,
      height: rows.length * height,
      margin: 0,
      marginRight: 1,
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
