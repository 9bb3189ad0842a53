import { SvelteMap } from "svelte/reactivity";

/** An addendum being written beside an entry, or why the entry is a mistake. */
export class Remark {
  text = $state("");

  constructor(
    readonly what: "addendum" | "mistaken",
    text: string,
  ) {
    this.text = text;
  }

  get dirty(): boolean {
    return this.text.trim() !== "";
  }
}

/** The remarks being written. Like notes being edited they live in memory only, and outlive a door that locks by itself. */
class Remarks {
  readonly #open = new SvelteMap<string, Remark>();

  get dirty(): boolean {
    return [...this.#open.values()].some((remark) => remark.dirty);
  }

  of(entry: string): Remark | null {
    return this.#open.get(entry) ?? null;
  }

  begin(entry: string, what: Remark["what"], text: string): void {
    this.#open.set(entry, new Remark(what, text));
  }

  end(entry: string): void {
    this.#open.delete(entry);
  }
}

export const remarks = new Remarks();
