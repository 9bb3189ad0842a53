import type { SaidOfItem } from "../bridge/generated/SaidOfItem";
import { count } from "./count";

const SOURCES: Record<string, string> = { meeting: "Møde", document: "Dokument", observation: "Observation", interview: "Samtale" };

/** A review of fidelity in Danish. */
export const daReview = {
  none: "Der er ingen gennemgang i gang. Lederen begynder den; derefter kan lederen og vurderere skrive, hvad de har set, og give point.",
  begin: "Begynd en gennemgang",
  change: "Ret gennemgangens dage",
  from: "Første dag",
  to: "Sidste dag",
  fullTime: "Fuldtidskonsulenter på den sidste dag (kan udelades)",
  meetings: "Lederen gennemgår møder med arbejdsgivere",
  often: { weekly: "Hver uge", monthly: "Hver måned", seldom: "Sjældnere" } as Record<string, string>,
  begun: "Gennemgangen er gemt.",
  count: "Læg det talte i gennemgangen",
  countWhy: "Vurderere ser ingen borgere og tæller ikke selv. Her får de pointene og tallene, som de er i dag; tal om færre end fem udelades.",
  counted: "Det talte ligger i gennemgangen.",
  basis: (lines: number): string => (lines === 0 ? "Skriv om punktet" : count(lines, "bidrag", "bidrag")),
  sources: SOURCES,
  kinds: { seen: "Det har jeg set", points: "Mine point", reading: "Sådan læses det her" } as Record<string, string>,
  write: "Skriv",
  what: { seen: "Hvad er set?", points: "Hvorfor? (kan udelades)", reading: "Hvordan læses punktet her?" } as Record<string, string>,
  where: "Hvor er det set?",
  day: "Dag",
  today: "i dag",
  noNumber: "Skriv antallet af fuldtidskonsulenter som et tal, fx 2,5.",
  points: "Point",
  noNames: "Uden navne og numre på borgere: vurderere udefra læser med.",
  saved: "Gemt i gennemgangen.",
  strike: "Stryg",
  struck: "Strøget",
  strikeStruck: "Strøget. Det kan stadig læses.",
  of: (said: SaidOfItem, source: string, inThis: boolean): string => {
    switch (said.what) {
      case "seen":
        return source;
      case "points":
        return pointsOf(said, inThis ? "" : " i en tidligere gennemgang");
      case "counted":
        return said.points === null ? "Talt ud fra registreringer, uden point" : `Talt ud fra registreringer: ${said.points} af 5`;
      case "reading":
        return "Læses her sådan";
      default:
        return "Skrevet af en nyere Feltbog";
    }
  },
};

function pointsOf(said: SaidOfItem, when: string): string {
  return said.points === null ? "Point, som flere har skrevet i: de tæller ikke" : `${said.points} af 5${when}`;
}
