const WEIGHTS = [2, 7, 6, 5, 4, 3, 2, 1];

/** Whether eight digits pass the check of company numbers: catches two digits that were swapped. */
export function isCvr(typed: string): boolean {
  const digits = typed.replace(/\s/g, "");
  if (!/^\d{8}$/.test(digits)) return false;
  return WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11 === 0;
}
