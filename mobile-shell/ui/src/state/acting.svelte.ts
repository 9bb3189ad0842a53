import { trouble } from "./trouble.svelte";

/** What somebody asks for with a button of a screen: one thing at a time, and a sentence where it was not done. */
export class Acting {
  busy = $state(false);
  wrong = $state("");

  async carryOut(act: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.wrong = "";
    try {
      await act();
    } catch (error) {
      this.wrong = trouble.sentence(error);
    } finally {
      this.busy = false;
    }
  }
}
