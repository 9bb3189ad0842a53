import { kept } from "./kept.svelte";

/** Something on the screen that would be lost by leaving. */
export interface Unsaved {
  what: "draft" | "edit";
  dirty(): boolean;
  /** While it is being saved: what is waited for before anybody is asked about it. */
  saving?(): Promise<unknown> | null;
  /** Throws the words away, because the person said so. */
  drop(): void;
}

/** Asks before unsaved words are left behind. */
class Leaving {
  /** What is asked about: everything on the screen that somebody has begun. */
  asking = $state.raw<Unsaved[]>([]);
  #watched: Unsaved[] = [];
  #onward: (() => void) | null = null;

  constructor() {
    addEventListener("beforeunload", (event) => {
      // What is kept already is taken up where it was left.
      if (kept.behind) event.preventDefault();
    });
  }

  watch(unsaved: Unsaved): () => void {
    this.#watched.push(unsaved);
    return () => {
      this.#watched = this.#watched.filter((other) => other !== unsaved);
    };
  }

  dirty(): boolean {
    return this.#watched.some((unsaved) => unsaved.dirty());
  }

  unlessDirty(onward: () => void): void {
    const saving = this.#watched.map((unsaved) => unsaved.saving?.()).filter((promise) => promise != null);
    if (saving.length > 0) return void Promise.allSettled(saving).then(() => this.unlessDirty(onward));
    const dirty = this.#watched.filter((unsaved) => unsaved.dirty());
    if (dirty.length === 0) return onward();
    this.#onward = onward;
    this.asking = dirty;
  }

  /** Gives up one form, and stays where we are; what else is written is none of its business. */
  cancel(unsaved: Unsaved): void {
    if (!unsaved.dirty()) return unsaved.drop();
    this.#onward = null;
    this.asking = [unsaved];
  }

  stay(): void {
    this.asking = [];
    this.#onward = null;
  }

  /** The words stay in memory and wait there. */
  leaveAndKeep(): void {
    const [onward, asked] = [this.#onward, this.asking];
    this.#watched = this.#watched.filter((unsaved) => !asked.includes(unsaved));
    this.stay();
    onward?.();
  }

  leaveAndDrop(): void {
    const onward = this.#onward;
    for (const unsaved of this.asking) unsaved.drop();
    this.stay();
    onward?.();
  }
}

export const leaving = new Leaving();
