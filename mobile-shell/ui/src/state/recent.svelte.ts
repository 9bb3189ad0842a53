import type { CaseRow } from "../bridge/generated/CaseRow";
import type { EmployerRow } from "../bridge/generated/EmployerRow";

/** Whom and where one worked with last: offered first, because the next visit is often the same. */
class Recent {
  #cases = $state.raw<string[]>([]);
  #employers = $state.raw<string[]>([]);

  sawCase(id: string): void {
    this.#cases = [id, ...this.#cases.filter((other) => other !== id)];
  }

  sawEmployer(cvr: string): void {
    this.#employers = [cvr, ...this.#employers.filter((other) => other !== cvr)];
  }

  first(rows: CaseRow[]): CaseRow[] {
    return byLatest(rows, this.#cases, (row) => row.case, (row) => row.last_contact);
  }

  /** `known` are those of the citizen at hand, newest first. */
  firstEmployers(rows: EmployerRow[], known: string[]): EmployerRow[] {
    return byLatest(rows, [...known, ...this.#employers], (row) => row.cvr, (row) => row.last_visit);
  }
}

function byLatest<T>(rows: T[], seen: string[], id: (row: T) => string, latest: (row: T) => string | null): T[] {
  const place = (row: T): number => {
    const found = seen.indexOf(id(row));
    return found < 0 ? seen.length : found;
  };
  return [...rows].sort((a, b) => place(a) - place(b) || (latest(b) ?? "").localeCompare(latest(a) ?? ""));
}

export const recent = new Recent();
