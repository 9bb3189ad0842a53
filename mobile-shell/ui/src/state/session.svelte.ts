import { CONTRACT_VERSION } from "../bridge/contract";
import { reachCoreThrough, RefusedByCore, tell } from "../bridge/core";
import type { Event } from "../bridge/event";
import type { MunicipalityRow } from "../bridge/generated/MunicipalityRow";
import { Loopback } from "../bridge/loopback";
import { phone } from "../bridge/phone";
import { forgetToken, takeToken } from "../bridge/token";
import { KeyRefused, type Transport } from "../bridge/transport";
import { held } from "./held.svelte";
import { kept } from "./kept.svelte";
import { municipalities } from "./municipalities.svelte";

type Stage = "starting" | "no_key" | "new_phone" | "other_version" | "ready" | "locked";

/** Where the person is when the core answers with such a word: a phone begins locked, or with nobody on it. */
const BEHIND: Record<string, Stage> = phone ? { needs_passphrase: "locked", not_set_up: "new_phone" } : {};

/** The connection between this page and the core. */
class Session {
  stage = $state<Stage>("starting");
  hostSilent = $state(false);
  #transport: Transport | null = null;
  #locking: Promise<void> | null = null;
  #waiting: (() => void)[] = [];

  async begin(): Promise<void> {
    this.#transport = phone ?? this.#throughLoopback();
    if (!this.#transport) {
      this.stage = "no_key";
      return;
    }
    reachCoreThrough(this.#transport);
    await this.#compareVersions();
  }

  #throughLoopback(): Transport | null {
    const token = takeToken();
    return token ? new Loopback(token) : null;
  }

  async #compareVersions(): Promise<void> {
    try {
      const version = await this.#transport!.contractVersion();
      if (version !== CONTRACT_VERSION) this.stage = "other_version";
      else await this.#ready();
    } catch (error) {
      if (error instanceof KeyRefused) return this.keyRefused();
      this.hostSilent = true;
      setTimeout(() => void this.#compareVersions(), 1_000);
    }
  }

  async #ready(): Promise<void> {
    await municipalities.settle(this.#transport!);
    const closed = await this.#takeUp();
    kept.watch();
    this.stage = BEHIND[closed] ?? (municipalities.shown?.open === false ? "locked" : "ready");
    this.hostSilent = false;
    this.#transport!.listen(
      (event) => this.#hear(event),
      (alive) => this.#alive(alive),
    );
    if (this.stage === "ready") void held.readAgain();
  }

  /** What was begun comes first: a screen that is made asks for it. The word with which the core refused, if it did. */
  async #takeUp(): Promise<string> {
    try {
      await kept.takeUp();
      return "";
    } catch (error) {
      if (!(error instanceof RefusedByCore)) throw error;
      return error.code;
    }
  }

  #hear(event: Event): void {
    if (municipalities.isElsewhere(event.municipality)) {
      if (event.type !== "exchange_started") void municipalities.readAgain();
      return;
    }
    if (event.type === "locked") return this.locked();
    if (event.type === "exchange_started") held.exchanging = true;
    if (event.type === "exchange_ended") held.exchanging = false;
    held.changed();
  }

  #alive(alive: boolean): void {
    // What happened while nobody listened is read now.
    if (alive) held.changed();
    this.hostSilent = !alive;
  }

  /** Locks the door, for everybody who has this Feltbog open. */
  async lock(): Promise<void> {
    if (this.stage !== "ready") return;
    this.locked();
    this.#locking = this.#keepAndLock().finally(() => (this.#locking = null));
    await this.#locking;
  }

  async #keepAndLock(): Promise<void> {
    await kept.tellNow();
    await this.#transport!.call({ type: "lock" });
  }

  /** The door is locked: what was read is forgotten here too. What is being written is not on the screen and waits in memory. */
  locked(): void {
    if (this.stage === "ready") this.stage = "locked";
    held.forget();
  }

  async unlock(passphrase: string): Promise<void> {
    // Whoever is quick must not be locked out again by the lock that is still under way.
    await this.#locking;
    try {
      await tell({ type: "unlock", passphrase });
    } catch (error) {
      if (!(error instanceof RefusedByCore) || error.code !== "not_set_up") throw error;
      // Joining was begun here and never answered: it goes on with an invitation.
      this.stage = "new_phone";
      return;
    }
    await this.#takeUp();
    this.stage = "ready";
    for (const opened of this.#waiting.splice(0)) opened();
    await Promise.all([held.readAgain(), municipalities.readAgain()]);
  }

  /** When the door stands open: at once, or as soon as somebody has unlocked it. */
  async opened(): Promise<void> {
    if (this.stage === "locked") await new Promise<void>((opened) => this.#waiting.push(opened));
  }

  /** Shows another municipality, when everything that was begun in this one is kept. Gives whether it is. */
  async show(row: MunicipalityRow): Promise<boolean> {
    if (this.stage === "ready") await kept.tellNow();
    if (kept.behind) return false;
    municipalities.show(row);
    return true;
  }

  /** A device was made where none was. */
  async joined(): Promise<void> {
    this.stage = "ready";
    await tell({ type: "sync" });
    await held.readAgain();
  }

  keyRefused(): void {
    forgetToken();
    this.stage = "no_key";
  }
}

export const session = new Session();
