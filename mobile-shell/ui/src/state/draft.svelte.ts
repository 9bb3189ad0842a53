import type { KindChoice } from "../bridge/generated/KindChoice";
import type { LogEntry } from "../bridge/generated/LogEntry";
import type { CaseRow } from "../bridge/generated/CaseRow";
import { isCvr } from "./cvr";
import { asksWhetherMet, hasEmployer, hasOutcome, hasPlace, isOwnWork, metByHabit, minutesByHabit } from "./kinds";

/** What is missing before it can be saved, by the part of the form it belongs to. */
export type Missing = "kind" | "citizen" | "employer_name" | "employer_cvr" | "minutes";

/**
 * The entry being written. It lives in memory only: notes are health data, and the browser's own
 * stores are not encrypted.
 */
class Draft {
  kind = $state<string | null>(null);
  caseId = $state<string | null>(null);
  withoutCase = $state(false);
  employer = $state<string | null>(null);
  unknownEmployer = $state(false);
  employerName = $state("");
  employerCvr = $state("");
  contactPerson = $state("");
  place = $state("");
  /** As typed; null while nobody touched it, and then it is the moment the form was opened. */
  when = $state<string | null>(null);
  openedAt = $state.raw(new Date());
  #minutes = $state<string | null>(null);
  outcome = $state<string | null>(null);
  #met = $state<boolean | null>(null);
  note = $state("");
  #shared = $state<boolean | null>(null);

  begin(caseId: string | null): void {
    this.kind = null;
    this.caseId = caseId;
    this.withoutCase = false;
    this.employer = null;
    this.unknownEmployer = false;
    this.employerName = "";
    this.employerCvr = "";
    this.contactPerson = "";
    this.place = "";
    this.when = null;
    this.openedAt = new Date();
    this.#minutes = null;
    this.outcome = null;
    this.#met = null;
    this.note = "";
    this.#shared = null;
  }

  /** Whether words or choices would be lost that cost more than a tap. */
  get dirty(): boolean {
    const written = [this.note, this.employerName, this.employerCvr, this.contactPerson, this.place];
    return written.some((text) => text.trim() !== "") || this.employer !== null || this.outcome !== null || this.when !== null;
  }

  get minutes(): string {
    return this.#minutes ?? String(minutesByHabit(this.kind));
  }

  set minutes(typed: string) {
    this.#minutes = typed;
  }

  get met(): boolean | null {
    return this.#met ?? metByHabit(this.kind);
  }

  set met(met: boolean | null) {
    this.#met = met;
  }

  shared(kind: KindChoice | null): boolean {
    return this.#shared ?? kind?.shared_by_default ?? false;
  }

  share(shared: boolean): void {
    this.#shared = shared;
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

  missing(): Missing[] {
    const minutes = Number(this.minutes);
    const unknown = hasEmployer(this.kind) && this.unknownEmployer;
    const found: [boolean, Missing][] = [
      [this.kind === null, "kind"],
      [!this.withoutCase && this.caseId === null, "citizen"],
      [unknown && this.employerName.trim() === "", "employer_name"],
      [unknown && this.employerCvr.trim() !== "" && !isCvr(this.employerCvr), "employer_cvr"],
      [this.minutes.trim() !== "" && !(Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440), "minutes"],
    ];
    return found.filter(([missing]) => missing).map(([, part]) => part);
  }

  entry(kind: KindChoice | null, row: CaseRow | null): LogEntry {
    const atEmployer = hasEmployer(this.kind);
    const unknown = atEmployer && this.unknownEmployer;
    return {
      kind: this.kind ?? "",
      case: this.withoutCase ? null : this.caseId,
      at: this.when?.trim() || this.openedAt.toISOString(),
      minutes: this.minutes.trim() === "" ? null : Number(this.minutes),
      employer: !atEmployer ? null : unknown ? filled(this.employerCvr.replace(/\s/g, "")) : this.employer,
      employer_name: unknown ? filled(this.employerName) : null,
      contact_person: atEmployer ? filled(this.contactPerson) : null,
      place: hasPlace(this.kind) ? filled(this.place) : null,
      outcome: hasOutcome(this.kind) ? this.outcome : null,
      face_to_face: asksWhetherMet(this.kind) ? this.met : null,
      note: this.note.trim(),
      shared: row?.has_shared && !this.withoutCase ? this.shared(kind) : null,
    };
  }
}

function filled(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

export const draft = new Draft();
