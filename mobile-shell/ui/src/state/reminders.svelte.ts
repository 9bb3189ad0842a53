import { phone } from "../bridge/phone";

/** `denied`: its owner wishes to be reminded, and the phone shows nothing of Feltbog's. */
type Stand = "on" | "off" | "denied";

/** Whether this phone reminds its owner. The phone itself keeps the wish. */
class Reminders {
  /** Nothing where nobody can be reminded: on a computer, or by a host that does not know how. */
  stand = $state<Stand | null>(null);

  async look(): Promise<void> {
    await this.#ask("");
  }

  async wish(on: boolean): Promise<void> {
    await this.#ask(on ? "on" : "off");
  }

  async #ask(wish: "" | "on" | "off"): Promise<void> {
    try {
      const word = await phone?.reminders(wish);
      if (word === "on" || word === "off" || word === "denied") this.stand = word;
    } catch {
      // A host that is gone has said so already; the wish stays what it was.
    }
  }
}

export const reminders = new Reminders();
