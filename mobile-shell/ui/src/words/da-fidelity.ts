import type { FidelityItem } from "../bridge/generated/FidelityItem";
import type { FidelitySum } from "../bridge/generated/FidelitySum";
import { count } from "./count";

const WHY_NOT: Record<string, string> = {
  not_scored_yet: "Skal vurderes af mennesker.",
  nothing_to_count: "Intet at tælle i perioden: skal vurderes.",
  few_seek_work: "En konsulent har færre end tre, der søger job: skal vurderes.",
  few_jobs: "Færre end ti job: skal vurderes.",
  own_only: "Kun dine egne borgere: ingen point.",
  not_counted_yet: "Lederen har ikke lagt tællingen i gennemgangen endnu.",
  too_little_known: "Det, der ikke vides, kan ændre pointene: skal vurderes.",
};

const FEW = "Talt hos lederen. Tallene er små og vises ikke.";

const BANDS: Record<string, string> = {
  exemplary: "fremragende modeltrofasthed",
  good: "god modeltrofasthed",
  fair: "rimelig modeltrofasthed",
  not_supported_employment: "ikke IPS efter skalaen",
};

function basis(item: FidelityItem): string {
  const [above, below] = [item.numerator ?? 0, item.denominator ?? 0];
  const under = String(below).replace(".", ",");
  switch (item.number) {
    case 1:
      return `${count(above, "borger", "borgere")} på ${under} ${below === 1 ? "konsulent" : "konsulenter"}.`;
    case 15:
      return `${count(above, "dag", "dage")} i alt, ${under} ${below === 1 ? "borger" : "borgere"}.`;
    case 17:
      return `${count(above, "møde", "møder")} i ${under} ${below === 1 ? "konsulentuge" : "konsulentuger"}.`;
    default:
      return `${above} af ${under} job.`;
  }
}

/** The scale of 25 items in Danish. */
export const daFidelity = {
  title: "Modeltrofasthed (IPS-25)",
  why: "Seks af de 25 punkter tælles ud fra registreringer; mennesker, der har set programmet, vurderer resten. Intet niveau nævnes, før alle 25 har point.",
  days: (from: string, to: string): string => `${from} til ${to}`,
  sections: { staffing: "Bemanding", organisation: "Organisation", services: "Indsats" } as Record<string, string>,
  nameOf: (item: FidelityItem): string => item.name,
  points: (points: number | null): string => (points === null ? "–" : `${points} af 5`),
  said: (item: FidelityItem): string[] => {
    const counted = item.numerator === null || item.why_not === "nothing_to_count" ? [] : [basis(item)];
    if (item.why_not !== null) return [...counted, WHY_NOT[item.why_not] ?? WHY_NOT.too_little_known ?? ""];
    if (item.scored_by === "entries" && item.numerator === null) return [FEW];
    if (item.scored_by === "people") return item.note ? [item.note] : ["Vurderet af mennesker."];
    return item.people_points === null ? counted : [...counted, `Tællingen gælder, ikke de ${item.people_points} point i gennemgangen.`];
  },
  counted: (sum: FidelitySum): string => `Talt ud fra registreringer: ${sumOf(sum)}.`,
  byPeople: (sum: FidelitySum): string => `Vurderet af mennesker: ${sumOf(sum)}.`,
  band: (band: string, points: number): string => `Samlet ${points} af 125: ${BANDS[band] ?? band}.`,
  noBand: "Intet samlet niveau endnu: det nævnes først, når alle 25 punkter har point.",
  ownOnly: "Intet samlet niveau: skalaen gælder hele programmet, og du ser kun dine egne borgere.",
  form: "Hent skema til gennemgang",
  formName: "gennemgang.toml",
  formSays: "Sæt point (1 til 5) ved hvert punkt, slet # foran linjerne, og vælg filen i Overblik. Filen gemmes ikke i Feltbog, før du giver dens point som dine.",
  choose: "Vis en gennemgang fra en fil",
  give: "Giv filens point som mine",
  leave: "Vis uden filen",
  notKept: "Filen vises kun her og gemmes ikke i Feltbog.",
};

function sumOf({ points, of, open }: FidelitySum): string {
  return `${points} af ${of} point${open > 0 ? `, ${count(open, "punkt", "punkter")} mangler` : ""}`;
}
