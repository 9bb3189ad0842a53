const PLACE = "feltbog.municipality";

/** The number of the municipality this tab shows; a number and nothing else, so that it is still shown when the page is made anew. */
export function lastMunicipality(): number | null {
  const kept = Number(sessionStorage.getItem(PLACE));
  return kept > 0 ? kept : null;
}

export function rememberMunicipality(municipality: number): void {
  sessionStorage.setItem(PLACE, String(municipality));
}

export function forgetMunicipality(): void {
  sessionStorage.removeItem(PLACE);
}
