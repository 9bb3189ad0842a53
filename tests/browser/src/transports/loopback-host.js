import { resolveObjectURL } from "node:buffer";
import { Core } from "./core.js";
import { Host } from "./host.js";

/** The desktop's own host, which the page asks over this computer's own address. */
export class LoopbackHost extends Host {
  #tell = () => {};
  #saved;
  #before = { fetch: globalThis.fetch, document: globalThis.document };

  static async begun(town, pages) {
    const host = new LoopbackHost();
    host.core = await Core.begun(town);
    host.page = await pages.at("127.0.0.1");
    host.transport = new host.page.Loopback(host.core.token);
    host.#around();
    return host;
  }

  tell(line) {
    this.#tell(`${line}\n`);
  }

  /** Pages of another origin, and of ours but without its key. */
  async foreign(body) {
    const token = { "X-Feltbog-Token": this.core.token };
    const senders = {
      "another origin": { ...token, Origin: "https://example.org" },
      "an origin that is hidden": { ...token, Origin: "null" },
      "a page without the key": {},
    };
    return Promise.all(
      Object.entries(senders).map(async ([how, headers]) => {
        const answer = await this.core.fetch("/call", { method: "POST", headers, body });
        return { how, answer: answer.ok ? await answer.text() : null };
      }),
    );
  }

  /** What is asked over an address goes to whoever has it, and to nobody else. */
  overheard() {
    return [];
  }

  async saved() {
    const { name, blob } = await this.#saved;
    return { name, type: blob.type, content: Buffer.from(await blob.arrayBuffer()) };
  }

  close() {
    return this.core.close();
  }

  stop() {
    Object.assign(globalThis, this.#before);
  }

  /** What a browser has around a page: requests to its own origin, and a link that is tapped. */
  #around() {
    globalThis.fetch = (path, options) => this.#fetch(path, options);
    this.#saved = new Promise((saved) => {
      const click = function () {
        saved({ name: this.download, blob: resolveObjectURL(this.href) });
      };
      globalThis.document = { createElement: () => ({ click }) };
    });
  }

  async #fetch(path, { method, body, signal }) {
    if (path === "/call") return this.core.post(body);
    const answer = await this.core.fetch(path, { method, signal });
    return path === "/events" ? new Response(this.#withMore(answer.body)) : answer;
  }

  /** The host's own lines, and between them what this test tells. */
  #withMore(body) {
    const more = new TransformStream({
      start: (into) => {
        this.#tell = (text) => into.enqueue(new TextEncoder().encode(text));
      },
    });
    // A host that ends breaks the stream, as it breaks the request; into one that is broken nothing is told.
    body.pipeTo(more.writable).catch(() => (this.#tell = () => {}));
    return more.readable;
  }
}
