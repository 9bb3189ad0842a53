import { onDestroy, onMount, untrack } from "svelte";
import type { Reply } from "../bridge/generated/Reply";
import type { Request } from "../bridge/generated/Request";
import { forms, type Form } from "./forms.svelte";
import { kept } from "./kept.svelte";
import { leaving, type Unsaved } from "./leaving.svelte";
import { trouble } from "./trouble.svelte";

/** One form as the part of a screen has it that shows it. */
export class FormHere<T extends object> implements Unsaved {
  readonly what: Unsaved["what"];
  /** Why it could not be saved; empty while nothing was wrong. */
  wrong = $state("");
  readonly #about: string;
  #saving: Promise<Reply | null> | null = null;

  constructor(about: string, what: Unsaved["what"]) {
    this.#about = about;
    this.what = what;
  }

  /** The form, while it is begun. */
  get begun(): Form<T> | null {
    return forms.of<T>(this.#about);
  }

  begin(before: T, typed?: T): void {
    this.wrong = "";
    forms.begin(this.#about, before, typed);
  }

  /** There is nothing in it, or it was thrown away. */
  drop = (): void => {
    this.wrong = "";
    forms.end(this.#about);
  };

  /** Asks before words are thrown away. */
  cancel = (): void => leaving.cancel(this);

  dirty(): boolean {
    return this.begun?.dirty ?? false;
  }

  saving(): Promise<unknown> | null {
    return this.#saving;
  }

  /** Saves what is written, once however often it is pressed, and the form ends. Gives nothing when it was not saved. */
  async save(act: Request): Promise<Reply | null> {
    if (this.#saving) return null;
    this.#saving = this.#save(act);
    return this.#saving.finally(() => (this.#saving = null));
  }

  async #save(act: Request): Promise<Reply | null> {
    try {
      return await kept.becomes(this.#about, act, this.drop);
    } catch (error) {
      this.wrong = trouble.notSaved(error);
      return null;
    }
  }
}

/**
 * The form about one thing, for the part that calls this while it is made: nobody leaves what is written in it without being
 * asked, and an empty one ends with its screen.
 */
export function formHere<T extends object>(aboutWhat: () => string, what: Unsaved["what"] = "edit"): FormHere<T> {
  const here = new FormHere<T>(untrack(aboutWhat), what);
  onMount(() => leaving.watch(here));
  onDestroy(() => {
    if (!here.dirty()) here.drop();
  });
  return here;
}
