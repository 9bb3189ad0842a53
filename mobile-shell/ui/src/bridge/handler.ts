import type { PageEnd, Wire } from "./wire";

/** What WebKit gives a page whose app listens to it. */
export interface MessageHandler {
  /** The frame that answers; rejected when the app does not answer this page, or no more. */
  postMessage(frame: string): Promise<unknown>;
}

/** As the handler is called, and what the app tells unasked. */
export const FELTBOG = "feltbog";

/** On Apple's phones: a handler that answers each frame with a frame. What is told unasked comes as an event of the page. */
export class HandlerWire implements Wire {
  readonly #handler: MessageHandler;
  readonly #page: Pick<Window, "addEventListener">;
  #end: PageEnd | null = null;
  #silent = false;

  constructor(handler: MessageHandler, page: Pick<Window, "addEventListener">) {
    this.#handler = handler;
    this.#page = page;
  }

  attach(end: PageEnd): void {
    this.#end = end;
    this.#page.addEventListener(FELTBOG, (event) => end.hear(String((event as CustomEvent<unknown>).detail)));
  }

  async send(frame: string): Promise<void> {
    let answer: unknown;
    try {
      answer = await this.#handler.postMessage(frame);
    } catch (error) {
      // The app answers also when it cannot do what is asked: it is gone, or this page is not the one it knows.
      this.#silent = true;
      this.#end?.gone();
      throw error;
    }
    if (this.#silent) this.#end?.back();
    this.#silent = false;
    this.#end?.hear(String(answer));
  }
}
