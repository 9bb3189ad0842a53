import { RefusedByCore } from "../bridge/core";
import { HostSilent, KeyRefused } from "../bridge/transport";
import { words } from "../words/words.svelte";
import { session } from "./session.svelte";
import { settings } from "./settings.svelte";

/** What went wrong, in a sentence, until something works again. */
class Trouble {
  text = $state("");

  /** Does something for the whole screen; gives null and shows a sentence when it fails. */
  async unless<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      const result = await act();
      session.hostSilent = false;
      return result;
    } catch (error) {
      this.text = this.sentence(error);
      return null;
    }
  }

  /** What happened, what is safe, what to do, when something could not be saved. */
  notSaved(error: unknown): string {
    const what = words().trouble;
    return `${what.notSaved} ${what.stillHere} ${this.sentence(error) || what.tryAgain}`;
  }

  /** The sentence for an error. The core's own sentences are shown as they are. */
  sentence(error: unknown): string {
    if (error instanceof RefusedByCore) {
      if (error.code === "needs_passphrase") session.locked();
      return error.code === "needs_passphrase" ? "" : inLanguage(error);
    }
    if (error instanceof KeyRefused) {
      session.keyRefused();
      return "";
    }
    if (error instanceof HostSilent) {
      session.hostSilent = true;
      return "";
    }
    console.error(error instanceof Error ? error.name : "error");
    return words().trouble.unexpected;
  }
}

function inLanguage(error: RefusedByCore): string {
  return (settings.language === "en" ? error.english : undefined) ?? error.message;
}

export const trouble = new Trouble();
