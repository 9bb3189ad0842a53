import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The library of phones in a process of its own, written in the phone's language: one line asks, one line answers. */
export class PipedPhone {
  #program;
  #lines;

  /** As `cargo xtask test phones` names the program. */
  static opened(t, { program, arguments: words, environment }, home) {
    const phone = new PipedPhone();
    const options = { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...environment } };
    phone.#program = spawn(program, [...words, home], options);
    phone.#lines = createInterface(phone.#program.stdout)[Symbol.asyncIterator]();
    t.after(() => phone.#close());
    return phone;
  }

  async call(request) {
    this.#program.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("the phone ended");
    return JSON.parse(value);
  }

  /** What has no more to ask ends by itself. */
  async #close() {
    const ended = once(this.#program, "exit");
    this.#program.stdin.end();
    const [code] = await ended;
    if (code !== 0) throw new Error(`the phone ended with ${code}`);
  }
}
