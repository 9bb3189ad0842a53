import { untrack } from "svelte";

/** Shows what lies folded away when its screen is made and somebody has begun something in it; after that it is theirs to fold. */
export const openedIf =
  (begun: () => boolean) =>
  (details: HTMLDetailsElement): void => {
    if (untrack(begun)) details.open = true;
  };
