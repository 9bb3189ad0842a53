import { router, to } from "./route.svelte";

/** The keys of an office PC: `/` search, `n` new entry, arrows through the list, Esc back. */
export function hearKeys(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  // An open dialog has the keys to itself: Esc closes it, and what lies behind it stays where it is.
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return goBack(event);
  const target = event.target as HTMLElement;
  const writing = target.closest("input, textarea, select") !== null;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return moveInList(event, target, writing);
  if (writing) return;
  if (event.key === "/") search(event);
  if (event.key === "n") register(event);
}

function goBack(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  if (field && event.target === field) {
    if (field.value === "") field.blur();
    // The field clears itself on the first Esc; the browser does that for type=search.
    return;
  }
  const now = router.now;
  if (now.screen === "cases") return;
  router.back(now.screen === "entry" && now.case ? to.case(now.case) : to.cases());
}

function search(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  event.preventDefault();
  if (field) field.focus();
  else router.go(to.cases());
}

function register(event: KeyboardEvent): void {
  event.preventDefault();
  const now = router.now;
  if (now.screen === "register") return;
  router.go(to.register(now.screen === "case" || now.screen === "entry" ? now.case : null));
}

function moveInList(event: KeyboardEvent, target: HTMLElement, writing: boolean): void {
  const inSearch = target.matches("[data-search]");
  if (writing && !inSearch) return;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-list-row]")];
  const at = rows.indexOf(target);
  if (at < 0 && !inSearch && target !== document.body) return;
  const next = rows[at < 0 ? 0 : at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
