import type { Event } from "./event";
import type { Reply } from "./generated/Reply";
import type { Request } from "./generated/Request";
import { HostSilent, type Transport } from "./transport";
import type { Wire } from "./wire";

interface Waiting {
  done(content: string): void;
  broken(): void;
}

/**
 * Reaches the core inside the same app on a phone.
 *
 * Both ends send frames of text: `number verb`, a line break, and the rest. A question has a number, which its answer repeats with the
 * verb `done` or `broken`; the host tells events with the number 0. Questions are `call` (a request's JSON),
 * `contract`, `save` (name, type and base64 of a file, a line each; answered with `true` when it was written), `scan` (answered with
 * an invitation or nothing), `login` (the address of a provider's page; answered with what it sent the person back to, or nothing) and
 * `reminders` (`on`, `off`, or nothing to ask only; answered with `on`, `off` or `denied`).
 */
export class Native implements Transport {
  municipality: number | null = null;
  readonly #wire: Wire;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #gone = false;
  #told: (event: Event) => void = () => {};
  #alive: (yes: boolean) => void = () => {};

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.attach({ hear: (frame) => this.#hear(frame), gone: () => this.#left(), back: () => this.#back() });
  }

  async call(request: Request, municipality = this.municipality): Promise<Reply> {
    const reply = read(await this.#ask("call", JSON.stringify({ ...request, municipality })));
    if (reply === null) throw new HostSilent();
    return reply as Reply;
  }

  async contractVersion(): Promise<number> {
    return Number(await this.#ask("contract", ""));
  }

  listen(told: (event: Event) => void, alive: (yes: boolean) => void): () => void {
    this.#told = told;
    this.#alive = alive;
    alive(!this.#gone);
    return () => {
      this.#told = () => {};
      this.#alive = () => {};
    };
  }

  /** Lets the person choose where a file goes. Whether it was written there. */
  async save(name: string, type: string, content: Blob): Promise<boolean> {
    // What a phone chooses an app by is the kind alone.
    const [kind] = type.split(";");
    return (await this.#ask("save", `${name.replaceAll("\n", " ")}\n${kind}\n${await base64(content)}`)) === "true";
  }

  /** Lets a scanner on the phone read an invitation; nothing where there is none. */
  async scan(): Promise<string> {
    return this.#ask("scan", "");
  }

  /** Shows a provider's page in the phone's own browser. What it sent the person back to; nothing when they came back by themselves. */
  async logIn(address: string): Promise<string> {
    return this.#ask("login", address);
  }

  /** Whether the phone reminds its owner, after she wished it or not. `denied`: the phone shows nothing of ours. */
  async reminders(wish: "" | "on" | "off"): Promise<string> {
    return this.#ask("reminders", wish);
  }

  #ask(verb: string, content: string): Promise<string> {
    const number = ++this.#asked;
    return new Promise((done, broken) => {
      this.#waiting.set(number, { done, broken: () => broken(new HostSilent()) });
      this.#wire.send(`${number} ${verb}\n${content}`).catch(() => this.#take(number)?.broken());
    });
  }

  #take(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }

  /** What is no frame, or answers nothing, is passed over: the next one may be right. */
  #hear(frame: string): void {
    const end = frame.indexOf("\n");
    const [number, verb] = frame.slice(0, Math.max(end, 0)).split(" ");
    const content = frame.slice(end + 1);
    if (verb === "event") this.#happened(content);
    else if (verb === "done") this.#take(Number(number))?.done(content);
    else if (verb === "broken") this.#take(Number(number))?.broken();
  }

  #happened(content: string): void {
    const event = read(content);
    if (event !== null) this.#told(event as Event);
  }

  #left(): void {
    this.#gone = true;
    for (const number of [...this.#waiting.keys()]) this.#take(number)?.broken();
    this.#alive(false);
  }

  #back(): void {
    this.#gone = false;
    this.#alive(true);
  }
}

/** JSON of the host; nothing for what is none. */
function read(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

async function base64(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
