import type { CaseRow } from "../bridge/generated/CaseRow";

/** The side a person works on in a case: it decides with whom something is shared. */
export type Side = "employment" | "treatment";

export function sideOf(row: CaseRow | null, role: string | null): Side {
  if (row?.folders.includes("employment")) return "employment";
  if (row?.folders.includes("treatment")) return "treatment";
  return role === "treatment" ? "treatment" : "employment";
}
