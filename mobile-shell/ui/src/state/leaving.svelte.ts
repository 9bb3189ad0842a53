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
  #watched: Unsaved[] = [];
  #onward: (() => void) | null = null;

  constructor() {
    addEventListener("beforeunload", (event) => {
      // What waits in memory behind the lock or on another screen would be gone as well.
      if (this.dirty() || draft.dirty || edits.dirty) event.preventDefault();
    });
  }

  watch(unsaved: Unsaved): () => void {
    this.#watched.push(unsaved);
    return () => {
      this.#watched = this.#watched.filter((other) => other !== unsaved);
    };
  }

  dirty(): boolean {
    return this.#firstDirty() !== null;
  }

  #firstDirty(): Unsaved | null {
    return this.#watched.find((unsaved) => unsaved.dirty()) ?? null;
  }

  unlessDirty(onward: () => void): void {
    const dirty = this.#firstDirty();
    if (!dirty) return onward();
    this.#onward = onward;
    this.asking = dirty;
  }

  stay(): void {
    this.asking = null;
    this.#onward = null;
  }

  /** The words stay in memory and wait there. */
  leaveAndKeep(): void {
    const onward = this.#onward;
    this.#watched = this.#watched.filter((unsaved) => unsaved !== this.asking);
    this.stay();
    onward?.();
  }

  leaveAndDrop(): void {
    this.asking?.drop();
    this.leaveAndKeep();
  }
}

export const leaving = new Leaving();
