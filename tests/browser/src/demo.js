import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A demo of our own: the real server, real devices, and the network switches between them. */
export class Demo {
  #program;
  #folder;

  constructor(program, folder, told) {
    this.#program = program;
    this.#folder = folder;
    this.page = told.page;
    this.phones = told.phones;
    this.serverData = told.server_data;
    this.passphraseFile = told.passphrase_file;
  }

  static async start(...options) {
    const folder = await mkdtemp(join(tmpdir(), "feltbog-browser-"));
    const file = join(folder, "addresses.json");
    const program = spawn(process.env.XTASK, ["demo", "--for-test", file, ...options], { stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    createInterface(program.stderr).on("line", (line) => said.push(line));
    for await (const line of createInterface(program.stdout)) {
      said.push(line);
      if (!line.trim().startsWith("http://")) continue;
      return new Demo(program, folder, JSON.parse(await readFile(file, "utf8")));
    }
    await rm(folder, { recursive: true });
    throw new Error(`the demo did not start:\n${said.join("\n")}`);
  }

  /** Turns a phone's network on or off, or takes its battery out. Tells where the phone is then. */
  async phone(key, act) {
    const answer = await fetch(`${this.page}phone/${key}/${act}`, { method: "POST" });
    if (!answer.ok) throw new Error(`${act} of ${key}: ${answer.status}`);
    return answer.json();
  }

  async stop() {
    const ended = new Promise((resume) => this.#program.once("close", resume));
    this.#program.kill("SIGTERM");
    await ended;
    await rm(this.#folder, { recursive: true });
  }
}
