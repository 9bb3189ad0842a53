import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { OUT } from "./browser.js";

/** A step that takes longer has failed. */
const PATIENCE_MS = 20_000;
/** WebKit's window does not get narrower than about this. */
const WINDOW = { x: 0, y: 0, width: 460, height: 840 };
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/**
 * WebKit, the engine of Apple's phones, as Debian has it: its own small browser on a screen that nobody sees, driven in the words of W3C's
 * WebDriver. Whatever is asked for is waited for by the driver.
 */
export class WebKit {
  #programs = [];
  #driver;
  #session = null;

  static async started(t) {
    const webkit = new WebKit();
    t.after(() => webkit.#stop());
    const display = await webkit.#startScreen();
    webkit.#driver = await webkit.#startDriver(display);
    const { sessionId } = await webkit.#ask("POST", "/session", { capabilities: {} });
    webkit.#session = `/session/${sessionId}`;
    await webkit.#say("POST", "/timeouts", { implicit: PATIENCE_MS, pageLoad: PATIENCE_MS, script: PATIENCE_MS });
    await webkit.#say("POST", "/window/rect", WINDOW);
    return webkit;
  }

  open(address) {
    return this.#say("POST", "/url", { url: address });
  }

  /** Waits for a part of the page, by its name and what stands in it. */
  async part(name, { having = "", about = "" } = {}) {
    const conditions = [`@data-test="${name}"`, having && `contains(., "${having}")`, about].filter((condition) => condition !== "");
    const found = await this.#say("POST", "/element", { using: "xpath", value: `//*[${conditions.join(" and ")}]` });
    return found[ELEMENT];
  }

  async tap(name, like) {
    await this.#say("POST", `/element/${await this.part(name, like)}/click`, {});
  }

  /** Instead of what stands there. */
  async write(name, text) {
    const field = await this.part(name);
    await this.#say("POST", `/element/${field}/clear`, {});
    await this.#say("POST", `/element/${field}/value`, { text });
  }

  async text(name, like) {
    return this.#say("GET", `/element/${await this.part(name, like)}/text`);
  }

  async attribute(name, of, like) {
    return this.#say("GET", `/element/${await this.part(name, like)}/attribute/${of}`);
  }

  back() {
    return this.#say("POST", "/back", {});
  }

  /** What a line of JavaScript in the page comes to. */
  evaluate(expression) {
    return this.#say("POST", "/execute/sync", { script: `return ${expression}`, args: [] });
  }

  async picture(name) {
    await mkdir(OUT, { recursive: true });
    await writeFile(`${OUT}${name}.png`, Buffer.from(await this.#say("GET", "/screenshot"), "base64"));
  }

  /** Its number, when it is there. */
  async #startScreen() {
    const options = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
    const screen = spawn("Xvfb", options, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    this.#programs.push(screen);
    for await (const line of createInterface(screen.stdio[3])) return `:${line.trim()}`;
    throw new Error("Xvfb ended at once");
  }

  /** Its address, when it answers. */
  async #startDriver(display) {
    const port = await freePort();
    // Its sandbox wants more than a container gives; nothing but our own page is opened in it.
    const environment = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", LIBGL_ALWAYS_SOFTWARE: "1", GDK_BACKEND: "x11", DISPLAY: display };
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env: { ...process.env, ...environment } });
    this.#programs.push(driver);
    const address = `http://127.0.0.1:${port}`;
    while (!(await answers(`${address}/status`))) if (hasEnded(driver)) throw new Error("WebKitWebDriver ended at once");
    return address;
  }

  /** The window first, then the driver, then the screen. */
  async #stop() {
    if (this.#session) await this.#say("DELETE", "");
    for (const program of this.#programs.reverse()) await ended(program);
  }

  #say(method, path, body) {
    return this.#ask(method, this.#session + path, body);
  }

  async #ask(method, path, body) {
    const answer = await fetch(this.#driver + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path} ${JSON.stringify(body ?? {})}: ${value.error}: ${value.message}`);
    return value;
  }
}

async function answers(address) {
  const answer = await fetch(address).catch(() => null);
  return answer?.ok ?? false;
}

function hasEnded(program) {
  return program.exitCode !== null || program.signalCode !== null;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function ended(program) {
  if (hasEnded(program)) return;
  const exit = once(program, "exit");
  program.kill("SIGTERM");
  await exit;
}
