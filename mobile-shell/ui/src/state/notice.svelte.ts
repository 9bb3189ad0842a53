const SHOWN_MS = 4_000;
/** A longer sentence takes longer to read. */
const PER_LETTER_MS = 50;

/** One short sentence that confirms what was just done. */
class Notice {
  text = $state("");
  /** The entry it is about, marked as long as the sentence stands. */
  entry = $state<string | null>(null);
  #timer = 0;

  say(text: string, entry: string | null = null): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.entry = entry;
    this.#timer = window.setTimeout(() => this.#clear(), SHOWN_MS + PER_LETTER_MS * Math.max(0, text.length - 30));
  }

  #clear(): void {
    this.text = "";
    this.entry = null;
  }
}

export const notice = new Notice();
