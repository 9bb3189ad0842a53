/** A number and what it counts. */
export const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;
