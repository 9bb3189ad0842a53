import { ask, RefusedByCore } from "../bridge/core";
import { phone } from "../bridge/phone";
import { session } from "./session.svelte";
import { trouble } from "./trouble.svelte";

/**
 * A login at the municipality's own page. On a computer the host around the page hears how it went; on a phone the provider sends the
 * person back to the app, which may have been locked meanwhile.
 */
export class Login {
  page = $state<string | null>(null);
  wrong = $state("");
  #attempt = 0;

  /** Whether somebody is logged in now. Begun anew, an older attempt is given up without a word. */
  async carryOut(of?: number): Promise<boolean> {
    const mine = (this.#attempt += 1);
    this.wrong = "";
    let done = false;
    try {
      const { url } = await ask({ type: "begin_login", port: 0 }, "login_begun", of);
      this.page = url;
      const answer = phone ? await phone.logIn(url) : this.#inAWindow(url);
      // Who came back by themselves may still want to: the way stands there.
      if (answer === null || answer) done = await this.#finished(answer ?? "", of);
    } catch (error) {
      if (mine === this.#attempt) this.wrong = trouble.sentence(error);
    }
    if (mine !== this.#attempt) return false;
    this.page = null;
    return done;
  }

  #inAWindow(url: string): null {
    window.open(url, "_blank", "noopener");
    return null;
  }

  async #finished(answer: string, of?: number): Promise<boolean> {
    await session.opened();
    try {
      await ask({ type: "finish_login", answer }, "logged_in", of);
    } catch (error) {
      const isLocked = error instanceof RefusedByCore && error.code === "needs_passphrase";
      if (!isLocked || session.stage !== "ready") throw error;
      // The lock was quicker than what is told of it.
      session.locked();
      return this.#finished(answer, of);
    }
    return true;
  }
}

/** Of the device that is in: it goes on while the screen it was begun from is locked. */
export const login = new Login();
