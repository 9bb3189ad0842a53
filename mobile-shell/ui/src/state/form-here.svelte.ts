import { onDestroy, onMount, untrack } from "svelte";
import { forms, type Form } from "./forms.svelte";
import { leaving, type Unsaved } from "./leaving.svelte";

/** One form as the part of a screen has it that shows it. */
export interface FormHere<T extends object> {
  /** The form, while it is begun. */
  readonly begun: Form<T> | null;
  begin(before: T, typed?: T): void;
  /** It was saved, or there is nothing in it. */
  end(): void;
  /** Asks before words are thrown away. */
  cancel(): void;
}

/**
 * The form about one thing, for the part that calls this while it is made: nobody leaves what is written in it without being
 * asked, and an empty one ends with its screen.
 */
export function formHere<T extends object>(aboutWhat: () => string, what: Unsaved["what"] = "edit"): FormHere<T> {
  const about = untrack(aboutWhat);
  const here: FormHere<T> = {
    get begun() {
      return forms.of<T>(about);
    },
    begin: (before, typed) => forms.begin(about, before, typed),
    end: () => forms.end(about),
    cancel: () => leaving.cancel(unsaved),
  };
  const unsaved: Unsaved = { what, dirty: () => here.begun?.dirty ?? false, drop: here.end };
  onMount(() => leaving.watch(unsaved));
  onDestroy(() => {
    if (!unsaved.dirty()) here.end();
  });
  return here;
}
