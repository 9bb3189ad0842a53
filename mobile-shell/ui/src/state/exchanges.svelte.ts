import type { Synced } from "../bridge/generated/Synced";

/** What the last exchange did that was asked for here. */
class Exchanges {
  last = $state.raw<Synced | null>(null);
}

export const exchanges = new Exchanges();
