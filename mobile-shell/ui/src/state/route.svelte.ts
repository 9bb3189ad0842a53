import { daysAfter, fromDate, isoDay, wallClock } from "../when/wallclock";
import { leaving } from "./leaving.svelte";

export type Route =
  | { screen: "today" }
  | { screen: "week"; day: string }
  | { screen: "journal" }
  | { screen: "new_citizen" }
  | { screen: "overview" }
  | { screen: "employers" }
  | { screen: "employer"; employer: string; case: string | null }
  | { screen: "cases" }
  | { screen: "case"; case: string }
  | { screen: "entry"; case: string | null; entry: string }
  | { screen: "register"; case: string | null }
  | { screen: "exchange" }
  | { screen: "more" };

/** Stands for "no case" inside an address. */
const NONE = "-";

export const to = {
  today: (): string => "#/i-dag",
  week: (day: string): string => `#/uge/${encodeURIComponent(day)}`,
  journal: (): string => "#/journal",
  overview: (): string => "#/overblik",
  newCitizen: (): string => "#/ny-borger",
  employers: (): string => "#/virksomheder",
  employer: (cvr: string, caseId: string | null): string =>
    `#/virksomhed/${encodeURIComponent(cvr)}${caseId ? `/${encodeURIComponent(caseId)}` : ""}`,
  cases: (): string => "#/borgere",
  case: (id: string): string => `#/borger/${encodeURIComponent(id)}`,
  entry: (caseId: string | null, entry: string): string =>
    `#/borger/${encodeURIComponent(caseId ?? NONE)}/${encodeURIComponent(entry)}`,
  register: (caseId: string | null): string => (caseId ? `#/registrer/${encodeURIComponent(caseId)}` : "#/registrer"),
  exchange: (): string => "#/sendt",
  more: (): string => "#/mere",
};

/** Whether somebody wrote a day of the calendar into the address. */
function isDay(text: string | undefined): text is string {
  const day = text === undefined ? null : wallClock(text);
  return day !== null && isoDay(day) === text && daysAfter(text, 0) === text;
}

function read(hash: string): Route {
  const [screen, first, second] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  switch (screen) {
    case "borger":
      if (first && second) return { screen: "entry", case: first === NONE ? null : first, entry: second };
      return first ? { screen: "case", case: first } : { screen: "cases" };
    case "registrer":
      return { screen: "register", case: first || null };
    case "sendt":
      return { screen: "exchange" };
    case "mere":
      return { screen: "more" };
    case "uge":
      return { screen: "week", day: isDay(first) ? first : isoDay(fromDate(new Date())) };
    case "journal":
      return { screen: "journal" };
    case "overblik":
      return { screen: "overview" };
    case "ny-borger":
      return { screen: "new_citizen" };
    case "virksomheder":
      return { screen: "employers" };
    case "virksomhed":
      return first ? { screen: "employer", employer: first, case: second || null } : { screen: "employers" };
    case "borgere":
      return { screen: "cases" };
    default:
      return { screen: "today" };
  }
}

const stepOf = (state: unknown): number => (state as { step?: number } | null)?.step ?? 0;

/** Where the person is. The back button of phone and browser works because every place has an address. */
class Router {
  now = $state.raw<Route>({ screen: "today" });
  #hash = "";
  #step = 0;

  start(): void {
    this.#arrive();
    addEventListener("popstate", () => this.#moved());
  }

  go(hash: string): void {
    if (hash === this.#hash) return;
    leaving.unlessDirty(() => {
      history.pushState({ step: this.#step + 1 }, "", hash);
      this.#arrive();
    });
  }

  /** Goes on without a way back to where we are: a saved form is not opened again. */
  replace(hash: string): void {
    history.replaceState({ step: this.#step }, "", hash);
    this.#arrive();
  }

  /** Back to where the person came from, or to `parent` when this is where they began. */
  back(parent: string): void {
    if (this.#step > 0) history.back();
    else leaving.unlessDirty(() => this.replace(parent));
  }

  #moved(): void {
    if (!leaving.dirty()) return this.#arrive();
    // The browser has moved already: step forward again, ask, and only then really go.
    history.pushState({ step: this.#step }, "", this.#hash);
    leaving.unlessDirty(() => history.back());
  }

  #arrive(): void {
    this.#hash = location.hash;
    this.#step = stepOf(history.state);
    this.now = read(location.hash);
  }
}

export const router = new Router();
