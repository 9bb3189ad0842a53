import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** The programs as they are shipped, beside the one that runs the tests. */
const BINARIES = dirname(process.env.XTASK);

/** A municipality of one leader on one computer, made by the command line alone. */
export class Town {
  #folder;
  #running = [];
  #server;

  static async founded(t, { tenant = "Odense Kommune", programme = "IPS Odense" } = {}) {
    const town = new Town();
    town.#folder = await mkdtemp(join(tmpdir(), "feltbog-town-"));
    t.after(() => town.#stop());
    await writeFile(town.path("passphrase"), "et langt og ganske godt kodeord\n", { mode: 0o600 });
    const { bootstrap } = JSON.parse(run("feltbog-server", ["init", "--json", "--tenant", tenant, "--data", town.path("server")]));
    const address = await town.#serve("127.0.0.1:0");
    town.feltbog("setup", "--server", address, "--code", bootstrap, "--name", "Lone Leder", "--shares-to", town.path("shares"));
    town.feltbog("programme", programme);
    return town;
  }

  async #serve(listen, ...more) {
    const address = await this.#start("feltbog-server", ["serve", "--listen", listen, "--data", this.path("server"), ...more]);
    this.#server = { process: this.#running.at(-1), listen: address.slice("http://".length) };
    return address;
  }

  /** The server begins anew, where it was, with this configuration. */
  async configure(text) {
    await writeFile(this.path("feltbog.toml"), text);
    await this.stopServer();
    await this.#serve(this.#server.listen, "--config", this.path("feltbog.toml"));
  }

  path(name) {
    return join(this.#folder, name);
  }

  /** One command, and the document it answers with. */
  feltbog(...words) {
    return this.feltbogOf("home", ...words);
  }

  /** The same for somebody else's folder. */
  feltbogOf(home, ...words) {
    return JSON.parse(run("feltbog", [...this.#options(home), "--json", ...words]));
  }

  /** One more device, in a folder of its own. Returns which it is. */
  joinAs(name, invitation) {
    this.feltbogOf(name, "join", invitation);
    this.feltbogOf(name, "sync");
    return this.feltbogOf(name, "status").device;
  }

  /** Where the server is. */
  get server() {
    return `http://${this.#server.listen}`;
  }

  /** A new password for the server's own page. */
  adminPassword() {
    return run("feltbog-server", ["admin-password", "--data", this.path("server")]).split("\n")[0];
  }

  /** The user interface's address; the program runs until the test ends. */
  open(home = "home") {
    return this.#start("feltbog", [...this.#options(home), "open", "--port", "0"]);
  }

  /** The server is away from now on; what is saved stays where it was saved. Returns where it listened. */
  async stopServer() {
    this.#running = this.#running.filter((program) => program !== this.#server.process);
    await ended(this.#server.process);
    return this.#server.listen;
  }

  /** It is there again, where it was. */
  async startServer() {
    await this.#serve(this.#server.listen);
  }

  /** What was started last is gone at once, as without power. */
  async cutPower() {
    await ended(this.#running.pop(), "SIGKILL");
  }

  #options(home) {
    return ["--home", this.path(home), "--passphrase-file", this.path("passphrase")];
  }

  async #start(name, words) {
    const program = spawn(join(BINARIES, name), words, { stdio: ["ignore", "pipe", "ignore"] });
    this.#running.push(program);
    for await (const line of createInterface(program.stdout)) return line.trim();
    throw new Error(`${name} ended at once`);
  }

  async #stop() {
    for (const program of this.#running) await ended(program);
    await rm(this.#folder, { recursive: true });
  }
}

async function ended(program, signal = "SIGTERM") {
  const closed = new Promise((resume) => program.once("close", resume));
  program.kill(signal);
  await closed;
}

function run(name, words) {
  const { status, stdout, stderr } = spawnSync(join(BINARIES, name), words, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${name} ${words.join(" ")}: ${stderr}\n${stdout.slice(0, 2_000)}`);
  return stdout;
}
