import type { SignalRow } from "../bridge/generated/SignalRow";

/** What the core says in both languages: a signal, the rule behind it, and where that comes from. */
export type Said = Pick<SignalRow, "text" | "text_en" | "rule" | "rule_en" | "source" | "source_en">;
