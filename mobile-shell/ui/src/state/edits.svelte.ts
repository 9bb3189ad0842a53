import { SvelteMap } from "svelte/reactivity";
import type { EntryPage } from "../bridge/generated/EntryPage";

/** A note being edited, made on what stood there then. */
export class Edit {
  text = $state("");
  readonly before: string;
  readonly heads: EntryPage["heads"];

  constructor(page: EntryPage) {
    this.text = this.before = page.entry.note;
    this.heads = page.heads;
  }

  get dirty(): boolean {
    return this.text !== this.before;
  }
}

/**
 * The notes being edited. Like the draft they live in memory only, and outlive the screen: a door that locks by itself hides
 * half a sentence and does not lose it.
 */
class Edits {
  readonly #open = new SvelteMap<string, Edit>();

  get dirty(): boolean {
    return [...this.#open.values()].some((edit) => edit.dirty);
  }

  of(entry: string): Edit | null {
    return this.#open.get(entry) ?? null;
  }

  begin(page: EntryPage): void {
    this.#open.set(page.entry.entry, new Edit(page));
  }

  end(entry: string): void {
    this.#open.delete(entry);
  }
}

export const edits = new Edits();
