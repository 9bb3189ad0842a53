import type { SaidOfItem } from "../bridge/generated/SaidOfItem";
import { count } from "./count";
import type { daReview } from "./da-review";

const SOURCES: Record<string, string> = { meeting: "Meeting", document: "Document", observation: "Observation", interview: "Talk" };

/** A review of fidelity in English. */
export const enReview: typeof daReview = {
  none: "No review has begun. The leader begins it; then the leader and reviewers can write what they saw, and give points.",
  begin: "Begin a review",
  change: "Set the review's days",
  from: "First day",
  to: "Last day",
  fullTime: "Full-time consultants on the last day (may be left out)",
  meetings: "The leader goes through meetings with employers",
  often: { weekly: "Every week", monthly: "Every month", seldom: "More seldom" },
  begun: "The review is saved.",
  count: "Put what is counted into the review",
  countWhy: "Reviewers see no citizen and count nothing themselves. Here they get the points and the numbers as they are today; numbers about fewer than five are left out.",
  counted: "What is counted is in the review.",
  basis: (lines) => (lines === 0 ? "Write about it" : count(lines, "contribution", "contributions")),
  sources: SOURCES,
  kinds: { seen: "I saw this", points: "My points", reading: "How it is read here" },
  write: "Write",
  what: { seen: "What was seen?", points: "Why? (may be left out)", reading: "How is the item read here?" },
  where: "Where was it seen?",
  day: "Day",
  today: "today",
  noNumber: "Write the number of full-time consultants as a number, such as 2.5.",
  points: "Points",
  noNames: "No names or numbers of citizens: reviewers from outside read this.",
  saved: "Saved in the review.",
  strike: "Strike out",
  struck: "Struck out",
  strikeStruck: "Struck out. It can still be read.",
  of: (said, source, inThis) => {
    switch (said.what) {
      case "seen":
        return source;
      case "points":
        return pointsOf(said, inThis ? "" : " in an earlier review");
      case "counted":
        return said.points === null ? "Counted from entries, without points" : `Counted from entries: ${said.points} of 5`;
      case "reading":
        return "Read here as";
      default:
        return "Written by a newer Feltbog";
    }
  },
};

function pointsOf(said: SaidOfItem, when: string): string {
  return said.points === null ? "Points that several wrote in: they do not count" : `${said.points} of 5${when}`;
}
