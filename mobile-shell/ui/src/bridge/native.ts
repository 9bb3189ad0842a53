import type { Event } from "./event";
import type { Reply } from "./generated/Reply";
import type { Request } from "./generated/Request";
import { HostSilent, type Transport } from "./transport";

/** Where the page lives inside the app on a phone; no network ever answers for the name. */
const HOME = "app.feltbog.invalid";
/** What the host says when it hands over its end of the port. */
const HELLO = "feltbog";

/**
 * Reaches the core inside the same app, through the port that the phone's host hands to the page when it is loaded.
 *
 * Both ends send frames of text: `number verb`, a line break, and the rest. A question has a number, which its answer repeats with the
 * verb `done` or `broken`; the host tells events with the number 0. Questions are `call` (a request's JSON), `contract`, `save` (name,
 * type and base64 of a file, a line each; answered with `true` when it was written) and `scan` (answered with an invitation or nothing).
 */
export class Native implements Transport {
  municipality: number | null = null;
  readonly #port: Promise<MessagePort>;
  readonly #waiting = new Map<number, { done(content: string): void; broken(error: Error): void }>();
  #asked = 0;
  #told: (event: Event) => void = () => {};

  constructor(page: Pick<Window, "addEventListener">) {
    this.#port = new Promise((reached) => {
      page.addEventListener("message", (event) => {
        const [port] = event.ports;
        if (event.data !== HELLO || !port) return;
        port.onmessage = ({ data }) => this.#hear(String(data));
        reached(port);
      });
    });
  }

  async call(request: Request): Promise<Reply> {
    return JSON.parse(await this.#ask("call", JSON.stringify({ ...request, municipality: this.municipality }))) as Reply;
  }

  async contractVersion(): Promise<number> {
    return Number(await this.#ask("contract", ""));
  }

  listen(told: (event: Event) => void, alive: (yes: boolean) => void): () => void {
    this.#told = told;
    alive(true);
    return () => (this.#told = () => {});
  }

  /** Lets the person choose where a file goes. Whether it was written there. */
  async save(name: string, type: string, content: Blob): Promise<boolean> {
    return (await this.#ask("save", `${name.replaceAll("\n", " ")}\n${type}\n${await base64(content)}`)) === "true";
  }

  /** Lets a scanner on the phone read an invitation; nothing where there is none. */
  async scan(): Promise<string> {
    return this.#ask("scan", "");
  }

  async #ask(verb: string, content: string): Promise<string> {
    const port = await this.#port;
    const number = ++this.#asked;
    return new Promise((done, broken) => {
      this.#waiting.set(number, { done, broken });
      port.postMessage(`${number} ${verb}\n${content}`);
    });
  }

  #hear(frame: string): void {
    const end = frame.indexOf("\n");
    const [number, verb] = frame.slice(0, end).split(" ");
    const content = frame.slice(end + 1);
    if (verb === "event") return this.#told(JSON.parse(content) as Event);
    const waiting = this.#waiting.get(Number(number));
    this.#waiting.delete(Number(number));
    if (verb === "done") waiting?.done(content);
    else waiting?.broken(new HostSilent());
  }
}

async function base64(content: Blob): Promise<string> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The phone this page is on, from before it is loaded to its end; elsewhere nothing. */
export const phone = location.hostname === HOME ? new Native(window) : null;
