import { Core } from "./core.js";
import { Host } from "./host.js";

const HOME = "app.feltbog.invalid";

/** What both kinds of phones have: their host understands frames, and asks the core what the page asks. */
export class PhoneHost extends Host {
  #keep;
  #saved = new Promise((saved) => (this.#keep = saved));
  #hearing = new AbortController();

  async begin(town, pages, window) {
    this.core = await Core.begun(town);
    this.page = await pages.at(HOME, window);
    this.transport = this.page.phone;
    return this;
  }

  saved() {
    return this.#saved;
  }

  /** What a provider's page sends the person back to; nothing when they closed it. */
  sentBack = () => "";

  /** How the phone stands to a wish to be reminded; nothing for a host that knows of none. */
  reminds = () => null;

  /** The core's events, from now on. */
  hearCore() {
    // It ends when the core does.
    this.core.hear((line) => line && this.tell(line), this.#hearing.signal).catch(() => {});
  }

  endCore() {
    return this.core.close();
  }

  stop() {
    this.#hearing.abort();
    delete globalThis.window;
    delete globalThis.location;
  }

  /** The frame that answers this one; nothing for what is no frame. */
  async answer(text) {
    const asked = /^([1-9][0-9]*) ([a-z]+)\n([^]*)$/.exec(text);
    if (!asked) return null;
    const [, number, verb, content] = asked;
    try {
      return `${number} done\n${await this.#done(verb, content)}`;
    } catch {
      return `${number} broken\n`;
    }
  }

  async #done(verb, content) {
    if (verb === "call") return this.core.call(content);
    if (verb === "contract") return this.core.contract();
    if (verb === "save") return this.#save(content);
    if (verb === "login") return this.sentBack(content);
    const stands = verb === "reminders" ? this.reminds(content) : null;
    if (stands !== null) return stands;
    throw new Error(`no ${verb}`);
  }

  #save(content) {
    const [name, type, base64, ...more] = content.split("\n");
    if (more.length > 0) throw new Error("no file");
    this.#keep({ name, type, content: Buffer.from(base64, "base64") });
    return true;
  }
}
