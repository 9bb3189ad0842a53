import type { FidelityItem } from "../bridge/generated/FidelityItem";
import type { FidelitySum } from "../bridge/generated/FidelitySum";
import { count } from "./count";
import type { daFidelity } from "./da-fidelity";

const WHY_NOT: Record<string, string> = {
  not_scored_yet: "To be scored by people.",
  nothing_to_count: "Nothing to count in the period: to be scored.",
  few_seek_work: "A consultant has fewer than three who look for work: to be scored.",
  few_jobs: "Fewer than ten jobs: to be scored.",
  own_only: "Your own citizens only: no points.",
  not_counted_yet: "The leader has not put the count into the review yet.",
  too_little_known: "What is not known can change the points: to be scored.",
};

const FEW = "Counted by the leader. The numbers are small and not shown.";

const BANDS: Record<string, string> = {
  exemplary: "exemplary fidelity",
  good: "good fidelity",
  fair: "fair fidelity",
  not_supported_employment: "not supported employment by the scale",
};

function basis(item: FidelityItem): string {
  const [above, below] = [item.numerator ?? 0, item.denominator ?? 0];
  switch (item.number) {
    case 1:
      return `${count(above, "citizen", "citizens")}, ${count(below, "consultant", "consultants")}.`;
    case 15:
      return `${count(above, "day", "days")} in all, ${count(below, "citizen", "citizens")}.`;
    case 17:
      return `${count(above, "meeting", "meetings")} in ${count(below, "consultant week", "consultant weeks")}.`;
    default:
      return `${above} of ${count(below, "job", "jobs")}.`;
  }
}

/** The scale of 25 items in English. */
export const enFidelity: typeof daFidelity = {
  title: "Fidelity (IPS-25)",
  why: "Six of the 25 items are counted from entries; people who have seen the programme score the others. No band is named before all 25 have points.",
  days: (from, to) => `${from} to ${to}`,
  sections: { staffing: "Staffing", organisation: "Organisation", services: "Services" },
  nameOf: (item) => item.name_en,
  points: (points) => (points === null ? "–" : `${points} of 5`),
  said: (item) => {
    const counted = item.numerator === null || item.why_not === "nothing_to_count" ? [] : [basis(item)];
    if (item.why_not !== null) return [...counted, WHY_NOT[item.why_not] ?? WHY_NOT.too_little_known ?? ""];
    if (item.scored_by === "entries" && item.numerator === null) return [FEW];
    if (item.scored_by === "people") return item.note ? [item.note] : ["Scored by people."];
    return item.people_points === null ? counted : [...counted, `The count holds, not the ${item.people_points} points of the review.`];
  },
  counted: (sum) => `Counted from entries: ${sumOf(sum)}.`,
  byPeople: (sum) => `Scored by people: ${sumOf(sum)}.`,
  band: (band, points) => `Together ${points} of 125: ${BANDS[band] ?? band}.`,
  noBand: "No band yet: it is named once all 25 items have points.",
  ownOnly: "No band: the scale is of the whole programme, and you see your own citizens only.",
  form: "Save a form for a review",
  formName: "review.toml",
  formSays: "Give each item its points (1 to 5), take away the # before the lines, and choose the file in the overview. The file is not kept in Feltbog until you give its points as yours.",
  choose: "Show a review from a file",
  give: "Give the file's points as mine",
  leave: "Show without the file",
  notKept: "The file is shown here only and not kept in Feltbog.",
};

function sumOf({ points, of, open }: FidelitySum): string {
  return `${points} of ${of} points${open > 0 ? `, ${count(open, "item", "items")} to go` : ""}`;
}
