import { once } from "node:events";
import { createServer } from "node:net";

/** The page's own is looked into; this one is not. */
const { fetch } = globalThis;

/**
 * The real core behind every host of this test: the program `feltbog open` with a device of a real town. Hosts differ in how a question
 * comes to it; what it answers is the same.
 */
export class Core {
  /** Every request, as it came. */
  asked = [];
  #town;
  #address;
  #token;
  #held = null;
  #next = null;
  #deaf = null;

  static async begun(town) {
    const core = new Core();
    const opened = new URL(await town.open());
    core.#town = town;
    core.#address = opened.origin;
    core.#token = new URLSearchParams(opened.hash.slice(1)).get("token");
    return core;
  }

  /** The question as a page of this computer asks it, or as another one does that says who it is. */
  fetch(path, { headers, ...options } = {}) {
    const own = { "X-Feltbog-Token": this.#token, "Content-Type": "application/json" };
    return fetch(this.#address + path, { ...options, headers: headers ?? own });
  }

  get token() {
    return this.#token;
  }

  /** Lines as the page of a computer hears them, until the program ends. */
  async hear(told, stop) {
    const { body } = await this.fetch("/events", { signal: stop });
    const reading = body.pipeThrough(new TextDecoderStream());
    let rest = "";
    for await (const text of reading) {
      const pieces = (rest + text).split("\n");
      rest = pieces.pop();
      for (const line of pieces) told(line);
    }
  }

  /** The answer to a request, JSON for JSON. */
  async call(request) {
    return (await this.post(request)).text();
  }

  /** The same, as the computer's host gives it. */
  async post(request) {
    this.asked.push(request);
    const answer = await this.fetch("/call", { method: "POST", body: request });
    const given = new Response(this.#next ?? (await answer.text()), answer);
    this.#next = null;
    await this.#held?.wait(JSON.parse(request).type);
    return given;
  }

  async contract() {
    const { contract_version } = await (await this.fetch("/contract")).json();
    return contract_version;
  }

  /** The next answer is this, whatever it should be. */
  answerNext(text) {
    this.#next = text;
  }

  /** From now on no answer goes out, until each was released. */
  holdAnswers() {
    this.#held = new Held(() => (this.#held = null));
    return this.#held;
  }

  /** From now on the server takes calls and answers none. `called` resolves when there was one. */
  async serverHearsNothing() {
    const listen = await this.#town.stopServer();
    this.#deaf = createServer((caller) => caller.on("error", () => {}).resume());
    const called = once(this.#deaf, "connection");
    this.#deaf.listen(Number(listen.split(":").at(-1)), "127.0.0.1");
    await once(this.#deaf, "listening");
    return { called };
  }

  /** The program is gone at once. Afterwards the server is there again. */
  async close() {
    await this.#town.cutPower();
    if (!this.#deaf) return;
    await new Promise((closed) => this.#deaf.close(closed));
    await this.#town.startServer();
  }
}

/** Answers that wait to go out, by the kind of their question. */
class Held {
  #waiting = new Map();
  #wanted = null;
  #end;

  constructor(end) {
    this.#end = end;
  }

  wait(type) {
    return new Promise((go) => {
      this.#waiting.set(type, go);
      if (this.#wanted?.count === this.#waiting.size) this.#wanted.reached();
    });
  }

  /** Waits until so many are held. */
  count(count) {
    if (this.#waiting.size === count) return Promise.resolve();
    return new Promise((reached) => (this.#wanted = { count, reached }));
  }

  release(type) {
    this.#waiting.get(type)();
    this.#waiting.delete(type);
    if (this.#waiting.size === 0) this.#end();
  }
}
