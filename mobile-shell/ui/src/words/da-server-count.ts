import type { BothFiguresRow } from "../bridge/generated/BothFiguresRow";
import { count } from "./count";

const entries = (number: number): string => count(number, "registrering", "registreringer");

/** The server's own count in Danish. */
export const daServerCount = {
  compare: "Sammenlign med serveren",
  accepted: (accepted: number, back: number): string =>
    `Serveren tæller ${entries(accepted)}${back > 0 ? `; ${back} er taget tilbage som fejlregistreret` : ""}.`,
  pending: (number: number): string => `Her venter ${entries(number)}, som serveren ikke har endnu.`,
  coarse: "Tallene er rundet ned til nærmeste 5, så ingen enkelt borger kan læses ud af dem.",
  agree: (number: number): string => `Alle ${number} tal er ens her og på serveren.`,
  differ: (number: number): string => `${number} tal er ikke ens endnu.`,
  measure: "Mål",
  server: "Serveren",
  here: "Her",
  titleOf: (row: BothFiguresRow): string => row.title,
};
