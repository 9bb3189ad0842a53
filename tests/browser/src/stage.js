import { readFile } from "node:fs/promises";
import { startBrowser } from "./browser.js";
import { Demo } from "./demo.js";
import { Phone } from "./phone.js";
import { inTurn } from "./steps.js";

/** Nobody touched anything for so long, and the door locks by itself. */
const LOCKS_AFTER_MS = 5 * 60_000 + 10_000;

/** What every test of two people stands on: a small demo of its own, a browser, and their phones. */
export class Stage {
  static async set(t) {
    const stage = new Stage();
    stage.demo = await Demo.start("--small");
    t.after(() => stage.demo.stop());
    stage.browser = await startBrowser();
    t.after(() => stage.browser.close());
    stage.aase = await Phone.on(stage.browser, stage.demo.phones.aase.address);
    stage.erik = await Phone.on(stage.browser, stage.demo.phones.erik.address);
    stage.step = inTurn(t);
    return stage;
  }

  async passphrase() {
    return (await readFile(this.demo.passphraseFile, "utf8")).trim();
  }

  /** The door locks by itself in the middle of something, and is opened again. The phone's clock has to be the test's. */
  async lockAndUnlock(phone) {
    await this.lockByItself(phone);
    await phone.unlock(await this.passphrase());
    await phone.part("locked").waitFor({ state: "detached" });
  }

  async lockByItself(phone) {
    await phone.page.clock.runFor(LOCKS_AFTER_MS);
    await phone.part("locked").waitFor();
  }

  assertNoErrors() {
    this.aase.assertNoErrors();
    this.erik.assertNoErrors();
  }
}
