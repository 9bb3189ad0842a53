import { draft } from "./draft.svelte";
import { edits } from "./edits.svelte";

/** Something on the screen that would be lost by leaving. */
export interface Unsaved {
  what: "draft" | "edit";
  dirty(): boolean;
  /** Throws the words away, because the person said so. */
  drop(): void;
}

/** Asks before unsaved words are left behind. */
class Leaving {
  asking = $state.raw<Unsaved | null>(null);
  #unsaved: Unsaved | null = null;
  #onward: (() => void) | null = null;

  constructor() {
    addEventListener("beforeunload", (event) => {
      // What waits in memory behind the lock or on another screen would be gone as well.
      if (this.dirty() || draft.dirty || edits.dirty) event.preventDefault();
    });
  }

  watch(unsaved: Unsaved): () => void {
    this.#unsaved = unsaved;
    return () => {
      if (this.#unsaved === unsaved) this.#unsaved = null;
    };
  }

  dirty(): boolean {
    return this.#unsaved?.dirty() ?? false;
  }

  unlessDirty(onward: () => void): void {
    if (!this.dirty()) return onward();
    this.#onward = onward;
    this.asking = this.#unsaved;
  }

  stay(): void {
    this.asking = null;
    this.#onward = null;
  }

  /** The words stay in memory and wait there. */
  leaveAndKeep(): void {
    const onward = this.#onward;
    this.#unsaved = null;
    this.stay();
    onward?.();
  }

  leaveAndDrop(): void {
    this.asking?.drop();
    this.leaveAndKeep();
  }
}

export const leaving = new Leaving();
