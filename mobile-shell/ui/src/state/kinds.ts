import { held } from "./held.svelte";

/** What the form asks for is the core's table; here is only what people are offered first. */

/** Used most, so that they are within one tap. */
const OFTEN = ["employer_visit", "job_interview", "statutory_talk", "contact", "not_reached"];
const OFTEN_IN_TREATMENT = ["treatment_meeting", "contact", "network_meeting", "note", "not_reached"];
const SHORT = new Set(["not_reached", "employer_contact"]);
/** Nothing to be at together with a citizen. */
const OWN_WORK = new Set(["canvassing", "team_meeting", "supervision", "field_mentoring"]);
/** A visit may be about several citizens. */
const ABOUT_SEVERAL = new Set(["employer_visit", "employer_contact", "job_interview", "workplace_support"]);

/** A field of the form, by the name the core gives it. */
export type Field =
  | "employer"
  | "place"
  | "face_to_face"
  | "client_specific"
  | "purpose"
  | "outcome"
  | "fits_wish"
  | "job_title"
  | "job_type"
  | "hours_per_week"
  | "permanent";

export function usedOften(role: string | null): string[] {
  return role === "treatment" ? OFTEN_IN_TREATMENT : OFTEN;
}

export function asks(kind: string | null, field: Field): boolean {
  return kindOf(kind)?.fields.includes(field) ?? false;
}

function kindOf(kind: string | null): { fields: string[]; usually_in_person: boolean } | undefined {
  return held.choices?.kinds.find((choice) => choice.code === kind);
}

/** A call is no meeting until somebody says so. */
export function metByHabit(kind: string | null): boolean | null {
  if (kind === "employer_contact") return false;
  return kindOf(kind)?.usually_in_person ? true : null;
}

export function minutesByHabit(kind: string | null): number {
  return kind !== null && SHORT.has(kind) ? 15 : 45;
}

export function isOwnWork(kind: string | null): boolean {
  return kind !== null && OWN_WORK.has(kind);
}

export function mayBeAboutSeveral(kind: string | null): boolean {
  return kind !== null && ABOUT_SEVERAL.has(kind);
}
