import { ask } from "../bridge/core";
import type { AgendaRow } from "../bridge/generated/AgendaRow";
import type { CasePage } from "../bridge/generated/CasePage";
import type { CaseRow } from "../bridge/generated/CaseRow";
import type { Choices } from "../bridge/generated/Choices";
import type { DepositRow } from "../bridge/generated/DepositRow";
import type { EmployerRow } from "../bridge/generated/EmployerRow";
import type { MissingRow } from "../bridge/generated/MissingRow";
import type { Status } from "../bridge/generated/Status";
import { trouble } from "./trouble.svelte";

/** Many changes at once, as in an exchange, are read once. */
const GATHER_MS = 60;

/** What the core holds, as it was last read. Null means: not read yet, which is not the same as empty. */
class Held {
  cases = $state.raw<CaseRow[] | null>(null);
  status = $state.raw<Status | null>(null);
  choices = $state.raw<Choices | null>(null);
  employers = $state.raw<EmployerRow[] | null>(null);
  /** What is agreed for the days to come, as the first screen last showed it. */
  agenda = $state.raw<AgendaRow[] | null>(null);
  /** Work of colleagues that waits here. */
  deposits = $state.raw<DepositRow[]>([]);
  /** What a restored server has not got back. */
  missing = $state.raw<MissingRow[]>([]);
  exchanging = $state(false);
  /** Goes up when something changed: screens that read more depend on it. */
  round = $state(0);
  readonly #pages = new Map<string, CasePage>();
  /** The pages nothing was heard about since they were read. */
  readonly #fresh = new Set<string>();
  /** How often something was heard of a change. */
  #heard = 0;
  #timer = 0;

  changed(): void {
    this.#age();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.readAgain(), GATHER_MS);
  }

  /** Everything readable goes: the door was locked. */
  forget(): void {
    clearTimeout(this.#timer);
    this.cases = this.status = this.choices = this.employers = this.agenda = null;
    this.deposits = [];
    this.missing = [];
    this.#pages.clear();
    this.#fresh.clear();
  }

  async readAgain(): Promise<void> {
    this.#age();
    this.round += 1;
    trouble.text = "";
    await Promise.all([this.#readCases(), this.readStatus()]);
  }

  async #readCases(): Promise<void> {
    const reply = await trouble.unless(() => ask({ type: "cases" }, "cases"));
    if (reply) this.cases = reply.cases;
  }

  async readStatus(): Promise<void> {
    const reply = await trouble.unless(() => ask({ type: "status" }, "status"));
    if (!reply) return;
    this.status = reply;
    this.exchanging = reply.exchanging;
    await Promise.all([this.#readDeposits(reply.deposits), this.#readMissing(reply.missing)]);
  }

  /** The status counts; what it counts is read only where there is any. */
  async #readDeposits(count: number): Promise<void> {
    const reply = count > 0 ? await trouble.unless(() => ask({ type: "deposits" }, "deposits")) : null;
    this.deposits = reply?.deposits ?? [];
  }

  async #readMissing(count: number): Promise<void> {
    const reply = count > 0 ? await trouble.unless(() => ask({ type: "missing" }, "missing")) : null;
    this.missing = reply?.missing ?? [];
  }

  async readChoices(): Promise<void> {
    const [choices, employers] = await Promise.all([
      trouble.unless(() => ask({ type: "choices" }, "choices")),
      trouble.unless(() => ask({ type: "employers", words: "" }, "employers")),
    ]);
    if (choices) this.choices = choices;
    if (employers) this.employers = employers.employers;
  }

  async readAgenda(team: boolean): Promise<void> {
    const reply = await trouble.unless(() => ask({ type: "agenda", until: null, team }, "agenda"));
    if (reply) this.agenda = reply.agenda;
  }

  /** The page as last read; something may have become of it since. */
  lastPage(id: string): CasePage | null {
    return this.#pages.get(id) ?? null;
  }

  /** The page, to be drawn at once. What has become another since would move under the thumb when it is read again. */
  freshPage(id: string): CasePage | null {
    return this.#fresh.has(id) ? this.lastPage(id) : null;
  }

  async readPage(id: string): Promise<CasePage | null> {
    const heard = this.#heard;
    const reply = await trouble.unless(() => ask({ type: "show_case", case: id }, "case"));
    if (reply) this.#pages.set(id, reply);
    if (reply && heard === this.#heard) this.#fresh.add(id);
    return reply;
  }

  #age(): void {
    this.#heard += 1;
    this.#fresh.clear();
  }

  caseRow(id: string | null): CaseRow | null {
    return this.cases?.find((row) => row.case === id || row.number === id) ?? null;
  }
}

export const held = new Held();
