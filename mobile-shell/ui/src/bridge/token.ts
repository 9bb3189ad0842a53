const PLACE = "feltbog.token";

/**
 * The key to the host, given once in the address. It is moved to the tab's own memory at once,
 * so that it is neither seen over a shoulder nor kept in the browser's history.
 */
export function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(PLACE, given);
    history.replaceState(null, "", location.pathname);
  }
  return given ?? sessionStorage.getItem(PLACE);
}

export function forgetToken(): void {
  sessionStorage.removeItem(PLACE);
}
