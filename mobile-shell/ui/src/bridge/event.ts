/** What the core tells without being asked. */
export type Event = (
  | { type: "changed" }
  | { type: "locked" }
  | { type: "exchange_started" }
  | { type: "exchange_ended"; ok: boolean }
) & {
  /** Where it happened; everywhere, when nobody knows. */
  municipality?: number;
};
