import { SvelteMap } from "svelte/reactivity";

/** What somebody has begun to write, made on what stood there then. */
export class Form<T extends object> {
  typed = $state() as T;
  /** What stood there when it was begun: only what differs from it is the writer's. */
  readonly before: T;

  constructor(before: T, typed: T) {
    this.before = before;
    this.typed = typed;
  }

  get dirty(): boolean {
    return JSON.stringify(this.typed) !== JSON.stringify(this.before);
  }

  /** As text, to be kept and taken up again. */
  get written(): string {
    return JSON.stringify({ before: this.before, typed: this.typed });
  }
}

/**
 * Every form that is begun, by the thing it is about. They outlive their screens: a door that locks by itself hides half a
 * sentence and does not lose it, and `kept` keeps them when the battery is flat. They end when they are saved, or thrown away by hand.
 */
class Forms {
  // Each key has one kind of form; who asks names it.
  readonly #begun = new SvelteMap<string, Form<object>>();

  begun(): [string, Form<object>][] {
    return [...this.#begun];
  }

  of<T extends object>(about: string): Form<T> | null {
    return (this.#begun.get(about) as Form<T> | undefined) ?? null;
  }

  begin<T extends object>(about: string, before: T, typed: T = { ...before }): void {
    this.#begun.set(about, new Form<object>(before, typed));
  }

  /** Goes on with one that was kept; one that is begun here is newer. */
  takeUp(about: string, written: string): void {
    if (this.#begun.has(about)) return;
    const { before, typed } = JSON.parse(written) as { before: object; typed: object };
    this.begin(about, before, typed);
  }

  end(about: string): void {
    this.#begun.delete(about);
  }
}

export const forms = new Forms();
