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
}

/**
 * Every form that is begun, by the thing it is about. They outlive their screens: a door that locks by itself hides half a
 * sentence and does not lose it. They end when they are saved, or thrown away by hand.
 */
class Forms {
  // Each key has one kind of form; who asks names it.
  readonly #begun = new SvelteMap<string, Form<object>>();

  get dirty(): boolean {
    return [...this.#begun.values()].some((form) => form.dirty);
  }

  of<T extends object>(about: string): Form<T> | null {
    return (this.#begun.get(about) as Form<T> | undefined) ?? null;
  }

  begin<T extends object>(about: string, before: T, typed: T = { ...before }): void {
    this.#begun.set(about, new Form<object>(before, typed));
  }

  end(about: string): void {
    this.#begun.delete(about);
  }
}

export const forms = new Forms();
