import { cell, plot, text } from "@observablehq/plot";
import { plain, type ChartSize } from "./rows";

/** A municipality's tile: where it lies, its three letters, what is known of it, and the sign for that. */
export interface ChartTile {
  column: number;
  row: number;
  short: string;
  says: string;
  sign: string;
}

const COLUMNS = 16;
const ROWS = 14;

interface Looks {
  fill: string;
  stroke: string;
  ink: string;
}

/** An answer is filled, what is known without one is a frame of the same colour; the sign says it once more without colour. */
const LOOKS: Record<string, Looks> = {
  answered_yes: { fill: "var(--accent)", stroke: "var(--accent)", ink: "var(--on-accent)" },
  known_yes: { fill: "var(--accent-wash)", stroke: "var(--accent)", ink: "var(--ink)" },
  answered_no: { fill: "var(--quiet)", stroke: "var(--quiet)", ink: "var(--paper)" },
  known_no: { fill: "var(--wash)", stroke: "var(--quiet)", ink: "var(--ink)" },
  several: { fill: "var(--amber-wash)", stroke: "var(--amber)", ink: "var(--ink)" },
  unknown: { fill: "var(--paper)", stroke: "var(--edge)", ink: "var(--ink)" },
};
const NOTHING: Looks = { fill: "none", stroke: "var(--line)", ink: "var(--quiet)" };

export const looksOf = (says: string): Looks => LOOKS[says] ?? NOTHING;

/** The country in squares. The three letters stand where there is room for them, and the sign otherwise. */
export function drawTiles(tiles: ChartTile[], { width, em }: ChartSize): SVGSVGElement {
  const side = Math.min(width / COLUMNS, 2.6 * em);
  const roomy = side >= 2.2 * em;
  const place = { x: "column", y: "row" } as const;
  const letters = { ...place, fill: (tile: ChartTile) => looksOf(tile.says).ink } as const;
  const sign = { ...letters, text: "sign", fontSize: em * (roomy ? 0.7 : 0.75), fontWeight: 600 } as const;
  return plain(
    plot({
      className: "drawn",
      width: side * COLUMNS,
      height: side * ROWS,
      margin: 0,
      x: { domain: numbers(COLUMNS), axis: null, padding: 0 },
      y: { domain: numbers(ROWS), axis: null, padding: 0 },
      marks: [
        cell(tiles, {
          ...place,
          inset: 1.5,
          rx: 3,
          fill: (tile: ChartTile) => looksOf(tile.says).fill,
          stroke: (tile: ChartTile) => looksOf(tile.says).stroke,
          strokeWidth: 1.5,
        }),
        ...(roomy ? [text(tiles, { ...letters, text: "short", fontSize: em * 0.7, dy: -0.42 * em })] : []),
        text(tiles, roomy ? { ...sign, dy: 0.42 * em } : sign),
      ],
    }),
  );
}

const numbers = (upTo: number): number[] => Array.from({ length: upTo }, (_, at) => at);
