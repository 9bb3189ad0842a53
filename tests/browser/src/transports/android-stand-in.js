import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { PhoneHost } from "./phone-host.js";

/** Android's host in Node: the system delivers its port to the page with no source, and anybody else's with theirs. */
export class AndroidStandIn extends PhoneHost {
  #window = new EventTarget();
  #port;
  #strangers = [];

  static begun(town, pages) {
    return new AndroidStandIn().begin(town, pages);
  }

  async begin(town, pages) {
    await super.begin(town, pages, this.#window);
    this.reach();
    this.hearCore();
    return this;
  }

  /** As `Bridge.reach`, which the system may have done more than once to the same page. */
  reach() {
    const port = this.#handOver(null);
    port.on("message", async (frame) => {
      const answer = await this.answer(frame);
      if (answer !== null) port.postMessage(answer);
    });
    this.#port?.close();
    this.#port = port;
  }

  tell(line) {
    this.#port.postMessage(`0 event\n${line}`);
  }

  /** A window that plays the host with a port of its own, and a frame that asks as if the page were one. */
  async foreign(request) {
    const answers = [];
    const source = { postMessage: (text) => answers.push(text) };
    this.#strangers.push(this.#handOver(source));
    this.#arrive({ source, data: `1 call\n${request}`, ports: [] });
    await this.transport.contractVersion();
    return [
      { how: "a window that plays the host", answer: this.overheard()[0] ?? null },
      { how: "a frame that asks the page", answer: answers[0] ?? null },
    ];
  }

  overheard() {
    return this.#strangers.map((port) => receiveMessageOnPort(port)?.message).filter((message) => message !== undefined);
  }

  /** As `Bridge.close`: says so, and closes. */
  async close() {
    this.#port.postMessage("0 closed\n");
    this.#port.close();
    await this.endCore();
  }

  stop() {
    for (const port of [this.#port, ...this.#strangers]) port.close();
    super.stop();
  }

  #handOver(source) {
    const { port1, port2 } = new MessageChannel();
    this.#arrive({ source, data: "feltbog", ports: [port2] });
    return port1;
  }

  #arrive(message) {
    this.#window.dispatchEvent(Object.assign(new Event("message"), message));
  }
}
