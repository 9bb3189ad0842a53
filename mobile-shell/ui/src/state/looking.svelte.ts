export type Filter = "all" | "action" | "job";

/** What the list of citizens is narrowed to. It stays while one looks at a citizen and comes back. */
class Looking {
  typed = $state("");
  filter = $state<Filter>("all");
}

export const looking = new Looking();
