import type { PageEnd, Wire } from "./wire";

/** What the host says when it hands over its end of the port. */
const HELLO = "feltbog";

/** What it says before it goes; nothing is answered after it. */
const CLOSED = "0 closed\n";

/**
 * On Android: the port that the host hands to the page once it is loaded. A host that was made anew hands over another one, and what was
 * asked through the first is answered no more.
 */
export class PortWire implements Wire {
  readonly #page: Pick<Window, "addEventListener">;
  #port: MessagePort | null = null;
  #closed = false;
  #waiting: string[] = [];

  constructor(page: Pick<Window, "addEventListener">) {
    this.#page = page;
  }

  attach(end: PageEnd): void {
    this.#page.addEventListener("message", (event) => {
      const [port] = event.ports;
      // What another window or frame says names it as its source; the app that holds the page is none.
      if (event.source !== null || event.data !== HELLO || !port) return;
      if (this.#port) this.#leave(end);
      this.#reach(port, end);
    });
  }

  async send(frame: string): Promise<void> {
    if (this.#closed) throw new Error("the host is gone");
    if (this.#port) this.#port.postMessage(frame);
    else this.#waiting.push(frame);
  }

  #reach(port: MessagePort, end: PageEnd): void {
    this.#port = port;
    this.#closed = false;
    port.onmessage = ({ data }) => {
      if (data === CLOSED) this.#leave(end);
      else end.hear(String(data));
    };
    end.back();
    for (const frame of this.#waiting.splice(0)) port.postMessage(frame);
  }

  #leave(end: PageEnd): void {
    if (this.#port) this.#port.onmessage = null;
    this.#port = null;
    this.#closed = true;
    end.gone();
  }
}
