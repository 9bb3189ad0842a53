export type Filter = "all" | "action" | "job";

/** Rows of the list that are drawn at once. */
export const ROWS = 60;

/** What the list of citizens is narrowed to. It stays while one looks at a citizen and comes back. */
class Looking {
  typed = $state("");
  /** The team's appointments, not one's own alone. */
  team = $state(false);
  /** Rows that are drawn now. */
  rows = $state(ROWS);
  filter = $state<Filter>("all");
}

export const looking = new Looking();
