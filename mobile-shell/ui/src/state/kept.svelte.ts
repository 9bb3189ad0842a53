import { ask, tell } from "../bridge/core";
import type { Reply } from "../bridge/generated/Reply";
import type { Request } from "../bridge/generated/Request";
import { draft } from "./draft.svelte";
import { forms } from "./forms.svelte";

/** The entry being written has one place for itself. */
export const REGISTER = "register";
/** A flat battery costs no more than this, and a little for long texts. */
const AFTER_MS = 400;
const LETTERS_PER_MS = 200;

interface Begun {
  text: string;
  speaksOf: string[];
}

/**
 * Keeps with the core what is begun here, encrypted with everything else, so that it outlives the battery and not only the
 * lock. A browser's own stores are not encrypted and are never used.
 */
class Kept {
  /** What the core has. */
  #told = new Map<string, string>();
  #timer = 0;
  #telling: Promise<void> | null = null;

  /** From now on everything that is begun is kept. */
  watch(): void {
    $effect.root(() => {
      $effect(() => {
        const letters = [...this.#begun().values()].reduce((sum, { text }) => sum + text.length, 0);
        if (this.#timer === 0 && this.behind) this.#timer = window.setTimeout(() => void this.tellNow(), AFTER_MS + letters / LETTERS_PER_MS);
      });
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) void this.tellNow();
    });
  }

  /** Whether something would be lost with this page. */
  get behind(): boolean {
    const begun = this.#begun();
    return begun.size !== this.#told.size || [...begun].some(([about, { text }]) => this.#told.get(about) !== text);
  }

  /** Takes up what was begun before this page was opened; what is here already is newer. */
  async takeUp(): Promise<void> {
    const { drafts } = await ask({ type: "drafts" }, "drafts");
    for (const { about, text } of drafts) {
      this.#told.set(about, text);
      if (about === REGISTER) draft.takeUp(text);
      else forms.takeUp(about, text);
    }
    if (this.behind) void this.tellNow();
  }

  async tellNow(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = 0;
    // One after the other, so that an older text never comes after a newer one.
    this.#telling = (this.#telling ?? Promise.resolve()).then(() => this.#tell());
    await this.#telling;
  }

  /**
   * Saves what was begun; what is kept of it goes in the same stroke, and `end` ends the form here. Its turn comes after what
   * is being kept: an older text must not be kept again after it was saved.
   */
  async becomes(about: string, act: Request, end: () => void): Promise<Reply> {
    const saving = (this.#telling ?? Promise.resolve()).then(async () => {
      const reply = await tell({ type: "from_draft", about, act });
      this.#told.delete(about);
      end();
      return reply;
    });
    this.#telling = saving.then(
      () => undefined,
      () => undefined,
    );
    return saving;
  }

  async #tell(): Promise<void> {
    const begun = this.#begun();
    try {
      // What is begun no more comes first: a battery must not bring it back.
      for (const about of [...this.#told.keys()].filter((about) => !begun.has(about))) {
        await tell({ type: "drop_draft", about });
        this.#told.delete(about);
      }
      for (const [about, { text, speaksOf }] of begun) {
        if (this.#told.get(about) === text) continue;
        await tell({ type: "keep_draft", about, text, speaks_of: speaksOf });
        this.#told.set(about, text);
      }
    } catch {
      // The door is locked or nobody answers: what is begun is still here, and told with the next letter or unlock.
    }
  }

  #begun(): Map<string, Begun> {
    const begun = new Map<string, Begun>();
    for (const [about, form] of forms.begun()) {
      // What a form is about stands in its name: which form, and whose.
      if (form.dirty) begun.set(about, { text: form.written, speaksOf: about.split(":").slice(1) });
    }
    if (draft.dirty) begun.set(REGISTER, { text: draft.written, speaksOf: draft.speaksOf });
    return begun;
  }
}

export const kept = new Kept();
