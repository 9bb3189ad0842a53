import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { PhoneHost } from "./phone-host.js";

const OWN = { origin: "feltbog-app://app.feltbog.invalid", isMainFrame: true };

/** Apple's host in Node: WebKit says with every message which page and frame it is from, and what is not answered is rejected. */
export class AppleStandIn extends PhoneHost {
  #window = new EventTarget();
  #stranger;
  #close;
  #closed = new Promise((_, close) => (this.#close = close));

  static begun(town, pages) {
    return new AppleStandIn().begin(town, pages);
  }

  async begin(town, pages) {
    // Nobody may be waiting yet when it is closed.
    this.#closed.catch(() => {});
    this.#window.webkit = { messageHandlers: { feltbog: this.#handler(OWN) } };
    await super.begin(town, pages, this.#window);
    this.hearCore();
    return this;
  }

  tell(line) {
    this.#window.dispatchEvent(new CustomEvent("feltbog", { detail: `0 event\n${line}` }));
  }

  /** A frame within our page, another page in the window, and a window that plays Android's host. */
  async foreign(request) {
    const frames = { "a frame of our own": { ...OWN, isMainFrame: false }, "another page": { ...OWN, origin: "https://example.org" } };
    const tried = Object.entries(frames).map(async ([how, frame]) => {
      const answer = await this.#handler(frame)
        .postMessage(`1 call\n${request}`)
        .catch(() => null);
      return { how, answer };
    });
    const { port1, port2 } = new MessageChannel();
    this.#stranger = port1;
    this.#window.dispatchEvent(Object.assign(new Event("message"), { source: {}, data: "feltbog", ports: [port2] }));
    return Promise.all(tried);
  }

  overheard() {
    const heard = receiveMessageOnPort(this.#stranger);
    return heard ? [heard.message] : [];
  }

  /** WebKit rejects what a handler that is gone did not answer. */
  async close() {
    this.#close(new Error("the app did not answer"));
    await this.endCore();
  }

  stop() {
    this.#stranger?.close();
    super.stop();
  }

  /** As `Bridge.userContentController` answers this page and frame. */
  #handler({ origin, isMainFrame }) {
    return {
      postMessage: async (frame) => {
        if (!isMainFrame || origin !== OWN.origin) throw new Error("");
        const answer = await Promise.race([this.#closed, this.answer(frame)]);
        if (answer === null) throw new Error("");
        return answer;
      },
    };
  }
}
