/** What the form asks for depends on the kind. The core knows the kinds; here is only how the form follows them. */

/** Used most, so that they are within one tap. */
const OFTEN = ["employer_visit", "job_interview", "statutory_talk", "contact", "not_reached"];
const OFTEN_IN_TREATMENT = ["treatment_meeting", "contact", "network_meeting", "note", "not_reached"];

const WITH_EMPLOYER = new Set([
  "employer_visit",
  "employer_contact",
  "job_interview",
  "placement",
  "job_start",
  "job_end",
  "workplace_support",
  "canvassing",
]);
const WITHOUT_OUTCOME = new Set(["not_reached", "note", "team_meeting", "supervision", "field_mentoring"]);
const MET_BY_HABIT = new Map([
  ["employer_visit", true],
  ["job_interview", true],
  ["employer_contact", false],
]);
const SHORT = new Set(["not_reached", "employer_contact"]);
/** Nothing to be at together with a citizen. */
const OWN_WORK = new Set(["canvassing", "team_meeting", "supervision", "field_mentoring"]);

export function usedOften(role: string | null): string[] {
  return role === "treatment" ? OFTEN_IN_TREATMENT : OFTEN;
}

export function hasEmployer(kind: string | null): boolean {
  return kind !== null && WITH_EMPLOYER.has(kind);
}

/** The employer is the place, unless it was a call. */
export function hasPlace(kind: string | null): boolean {
  return kind !== null && (!WITH_EMPLOYER.has(kind) || kind === "employer_contact");
}

export function hasOutcome(kind: string | null): boolean {
  return kind !== null && !WITHOUT_OUTCOME.has(kind);
}

export function asksWhetherMet(kind: string | null): boolean {
  return kind !== null && MET_BY_HABIT.has(kind);
}

export function metByHabit(kind: string | null): boolean | null {
  return kind === null ? null : (MET_BY_HABIT.get(kind) ?? null);
}

export function minutesByHabit(kind: string | null): number {
  return kind !== null && SHORT.has(kind) ? 15 : 45;
}

export function isOwnWork(kind: string | null): boolean {
  return kind !== null && OWN_WORK.has(kind);
}
