import type { KindChoice } from "../bridge/generated/KindChoice";
import type { LogEntry } from "../bridge/generated/LogEntry";
import type { CaseRow } from "../bridge/generated/CaseRow";
import type { EntryRow } from "../bridge/generated/EntryRow";
import { isCvr } from "./cvr";
import { asks, isOwnWork, mayBeAboutSeveral, metByHabit, minutesByHabit, type Field } from "./kinds";

/** What is missing before it can be saved, by the part of the form it belongs to. */
export type Missing = "kind" | "citizen" | "employer_name" | "employer_cvr" | "minutes" | "hours" | "step_day";

/** Another citizen whom the same visit was about. */
export interface AlsoAbout {
  caseId: string;
  note: string;
}

/** What is written down of it, to be taken up again. */
const WRITTEN = [
  "kind", "caseId", "withoutCase", "employer", "unit", "unknownEmployer", "employerName", "employerCvr", "contactPerson", "aboutEmployer",
  "place", "when", "openedAt", "typedMinutes", "outcome", "saidMet", "clientSpecific", "purpose", "fitsWish", "jobTitle", "jobType",
  "hours", "permanent", "stepText", "stepOn", "stepTime", "also", "note", "saidShared",
] as const;

/** The entry being written. It outlives its screen and a lock; `kept` keeps it when the battery is flat. */
class Draft {
  kind = $state<string | null>(null);
  caseId = $state<string | null>(null);
  withoutCase = $state(false);
  employer = $state<string | null>(null);
  /** Which of its production units. */
  unit = $state<string | null>(null);
  unknownEmployer = $state(false);
  employerName = $state("");
  employerCvr = $state("");
  contactPerson = $state("");
  /** *Om virksomheden*: read by the whole team. */
  aboutEmployer = $state("");
  place = $state("");
  /** As typed; null while nobody touched it, and then it is the moment the form was opened. */
  when = $state<string | null>(null);
  /** RFC 3339. */
  openedAt = $state(new Date().toISOString());
  typedMinutes = $state<string | null>(null);
  outcome = $state<string | null>(null);
  saidMet = $state<boolean | null>(null);
  clientSpecific = $state<boolean | null>(null);
  purpose = $state<string | null>(null);
  fitsWish = $state<boolean | null>(null);
  jobTitle = $state("");
  jobType = $state<string | null>(null);
  hours = $state("");
  permanent = $state<boolean | null>(null);
  stepText = $state("");
  stepOn = $state("");
  stepTime = $state("");
  also = $state<AlsoAbout[]>([]);
  note = $state("");
  saidShared = $state<boolean | null>(null);

  begin(caseId: string | null): void {
    this.kind = null;
    this.caseId = caseId;
    this.withoutCase = false;
    this.employer = this.unit = null;
    this.unknownEmployer = false;
    this.employerName = "";
    this.employerCvr = "";
    this.contactPerson = "";
    this.aboutEmployer = "";
    this.place = "";
    this.when = null;
    this.openedAt = new Date().toISOString();
    this.typedMinutes = null;
    this.outcome = null;
    this.saidMet = null;
    this.clientSpecific = this.fitsWish = this.permanent = null;
    this.purpose = this.jobType = null;
    this.jobTitle = this.hours = "";
    this.stepText = this.stepOn = this.stepTime = "";
    this.also = [];
    this.note = "";
    this.saidShared = null;
  }

  /** Whether words or choices would be lost that cost more than a tap. */
  get dirty(): boolean {
    const written = [this.note, this.employerName, this.employerCvr, this.contactPerson, this.aboutEmployer, this.place, this.jobTitle, this.hours, this.stepText, this.stepOn];
    const chosen = [this.employer, this.outcome, this.when, this.purpose, this.fitsWish, this.jobType];
    return written.some((text) => text.trim() !== "") || chosen.some((choice) => choice !== null) || this.also.length > 0;
  }

  /** As text, to be kept and taken up again. */
  get written(): string {
    return JSON.stringify(Object.fromEntries(WRITTEN.map((field) => [field, this[field]])));
  }

  /** The citizens it is about. */
  get speaksOf(): string[] {
    return [this.caseId, ...this.also.map((other) => other.caseId)].filter((id) => id !== null);
  }

  /** Goes on with one that was kept; what is begun here is newer. */
  takeUp(written: string): void {
    if (this.dirty) return;
    const before = JSON.parse(written) as Partial<Record<string, never>>;
    for (const field of WRITTEN) if (before[field] !== undefined) this[field] = before[field];
  }

  get minutes(): string {
    return this.typedMinutes ?? String(minutesByHabit(this.kind));
  }

  set minutes(typed: string) {
    this.typedMinutes = typed;
  }

  get met(): boolean | null {
    return this.saidMet ?? metByHabit(this.kind);
  }

  set met(met: boolean | null) {
    this.saidMet = met;
  }

  shared(kind: KindChoice | null): boolean {
    return this.saidShared ?? kind?.shared_by_default ?? false;
  }

  share(shared: boolean): void {
    this.saidShared = shared;
  }

  chooseKind(kind: string): void {
    this.kind = kind;
    if (isOwnWork(kind)) this.withoutCase = true;
    else if (this.withoutCase) this.withoutCase = false;
  }

  chooseCase(caseId: string | null): void {
    this.caseId = caseId;
    this.withoutCase = false;
  }

  /** The same visit again: everything but what is about time, the words and the citizen. */
  like(entry: EntryRow): void {
    this.kind = entry.kind;
    this.employer = entry.employer;
    this.unit = entry.unit;
    this.unknownEmployer = false;
    this.contactPerson = entry.contact_person ?? "";
    this.place = entry.employer ? "" : (entry.place ?? "");
    this.typedMinutes = entry.minutes === null ? null : String(entry.minutes);
    this.saidMet = entry.face_to_face;
    this.purpose = entry.purpose?.code ?? null;
  }

  addCitizen(caseId: string): void {
    if (caseId !== this.caseId && !this.also.some((other) => other.caseId === caseId)) this.also.push({ caseId, note: "" });
  }

  removeCitizen(caseId: string): void {
    this.also = this.also.filter((other) => other.caseId !== caseId);
  }

  missing(): Missing[] {
    const minutes = Number(this.minutes);
    const hours = Number(this.hours);
    const unknown = asks(this.kind, "employer") && this.unknownEmployer;
    const found: [boolean, Missing][] = [
      [this.kind === null, "kind"],
      [!this.withoutCase && this.caseId === null, "citizen"],
      [unknown && this.employerName.trim() === "", "employer_name"],
      [unknown && this.employerCvr.trim() !== "" && !isCvr(this.employerCvr), "employer_cvr"],
      [this.minutes.trim() !== "" && !(Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440), "minutes"],
      [this.hours.trim() !== "" && !(Number.isInteger(hours) && hours >= 0 && hours <= 168), "hours"],
      [this.stepTime.trim() !== "" && this.stepOn.trim() === "", "step_day"],
    ];
    return found.filter(([missing]) => missing).map(([, part]) => part);
  }

  entry(kind: KindChoice | null, row: CaseRow | null): LogEntry {
    const atEmployer = asks(this.kind, "employer");
    const about = <T>(field: Field, value: T): T | null => (asks(this.kind, field) ? value : null);
    const unknown = atEmployer && this.unknownEmployer;
    return {
      kind: this.kind ?? "",
      case: this.withoutCase ? null : this.caseId,
      at: this.when?.trim() || this.openedAt,
      minutes: this.minutes.trim() === "" ? null : Number(this.minutes),
      employer: !atEmployer ? null : unknown ? filled(this.employerCvr.replace(/\s/g, "")) : this.employer,
      unit: atEmployer && !unknown && this.employer !== null ? this.unit : null,
      employer_name: unknown ? filled(this.employerName) : null,
      contact_person: atEmployer ? filled(this.contactPerson) : null,
      about_employer: atEmployer && this.employer !== null || unknown ? filled(this.aboutEmployer) : null,
      place: about("place", filled(this.place)),
      outcome: about("outcome", this.outcome),
      face_to_face: about("face_to_face", this.met),
      client_specific: about("client_specific", this.clientSpecific),
      purpose: about("purpose", this.purpose),
      fits_wish: about("fits_wish", this.fitsWish),
      job_title: about("job_title", filled(this.jobTitle)),
      job_type: about("job_type", this.jobType),
      hours_per_week: about("hours_per_week", this.hours.trim() === "" ? null : Number(this.hours)),
      permanent: about("permanent", this.permanent),
      next_step: { text: filled(this.stepText), on: filled(this.stepOn), time: filled(this.stepTime) },
      also: mayBeAboutSeveral(this.kind) && !this.withoutCase ? this.also.map((other) => ({ case: other.caseId, note: other.note.trim() })) : [],
      note: this.note.trim(),
      shared: row?.has_shared && !this.withoutCase ? this.shared(kind) : null,
    };
  }
}

function filled(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

export const draft = new Draft();
