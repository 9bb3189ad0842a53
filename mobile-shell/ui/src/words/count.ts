/** A number and what it counts. */
export const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** Several counts in a row; what there is none of is not named. */
export const counts = (parts: [number, string, string][]): string =>
  parts
    .filter(([number]) => number > 0)
    .map((part) => count(...part))
    .join(", ");
