/** Whether two panes fit side by side. In em, so that 200 % text gives one pane on the same screen. */
const TWO_PANES = "(min-width: 56.25em)";

class Screen {
  readonly #query = matchMedia(TWO_PANES);
  wide = $state(this.#query.matches);

  constructor() {
    this.#query.addEventListener("change", () => (this.wide = this.#query.matches));
  }
}

export const screen = new Screen();
