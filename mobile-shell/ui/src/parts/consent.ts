/** A consent being written: named types, one that is half typed, and the last day. */
export interface ConsentTyped {
  types: string[];
  other: string;
  until: string;
}

/** All types that were named, also the one whose field was not left. */
export function namedTypes({ types, other }: ConsentTyped): string[] {
  const last = other.trim();
  return last === "" || types.includes(last) ? [...types] : [...types, last];
}
