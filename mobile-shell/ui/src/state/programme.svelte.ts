import { held } from "./held.svelte";

/** Which programme's figures are looked at: whoever works in one is asked nothing. */
class Programme {
  #chosen = $state<string | null>(null);

  /** Those to choose among; none where there is no choice. */
  get several(): string[] {
    const all = held.status?.programmes ?? [];
    return all.length > 1 ? all : [];
  }

  /** What is asked of the core: nothing where there is only one. */
  get name(): string | null {
    const [first = null] = this.several;
    return this.#chosen !== null && this.several.includes(this.#chosen) ? this.#chosen : first;
  }

  choose(name: string): void {
    this.#chosen = name;
  }
}

export const programme = new Programme();
