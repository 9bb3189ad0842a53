import { count } from "./count";
import type { daServerCount } from "./da-server-count";

const entries = (number: number): string => count(number, "entry", "entries");

/** The server's own count in English. */
export const enServerCount: typeof daServerCount = {
  compare: "Compare with the server",
  accepted: (accepted, back) => `The server counts ${entries(accepted)}${back > 0 ? `; ${back} taken back as written by mistake` : ""}.`,
  pending: (number) => `${entries(number)} here ${number === 1 ? "is" : "are"} still to reach the server.`,
  coarse: "The numbers are rounded down to whole fives, so that no single citizen can be read from them.",
  agree: (number) => `All ${number} figures are the same here and on the server.`,
  differ: (number) => `${number} ${number === 1 ? "figure differs" : "figures differ"} still.`,
  measure: "Measure",
  server: "Server",
  here: "Here",
  titleOf: (row) => row.title_en,
};
