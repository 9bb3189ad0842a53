import assert from "node:assert/strict";
import { ABROAD } from "./browser.js";
import { answerLate } from "./late-answers.js";

/** A common small phone. */
export const SCREEN = { width: 360, height: 740 };

/** One phone as its owner uses it: by what stands on the screen. */
export class Phone {
  constructor(page, errors) {
    this.page = page;
    this.errors = errors;
  }

  static async on(browser, address) {
    const context = await browser.newContext({ viewport: SCREEN, hasTouch: true, permissions: ["clipboard-read", "clipboard-write"], ...ABROAD });
    await answerLate(context);
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    const phone = new Phone(page, errors);
    await phone.open(address);
    return phone;
  }

  /** Opens the address that `feltbog open` printed. */
  async open(address) {
    await this.page.goto(address);
    await this.part("today").waitFor();
  }

  async goToToday() {
    await this.part("nav-today").click();
    await this.part("today").waitFor();
  }

  part(name) {
    return this.page.locator(`[data-test="${name}"]`);
  }

  entry(id) {
    return this.page.locator(`[data-test="entry"][data-entry="${id}"]`);
  }

  async openCase(number) {
    await this.part("nav-cases").click();
    await this.page.locator(`[data-test="case-row"][data-case="${number}"]`).click();
    await this.part("entry").first().waitFor();
  }

  /** Logs something about the citizen whose page is open. Returns the new entry's id. */
  async register({ kind, minutes, outcome, note, employer = false, step = null }) {
    await this.part("nav-register").click();
    await this.part("register").waitFor();
    const chip = this.part(`kind-${kind}`);
    if (!(await chip.isVisible())) await this.part("more-kinds").click();
    await chip.click();
    if (employer) await this.#chooseEmployer();
    await this.part(`minutes-${minutes}`).click();
    if (outcome) await this.part(`outcome-${outcome}`).click();
    await this.part("note").fill(note);
    if (step) {
      await this.part("step-day").fill(step.day);
      await this.part("step-text").fill(step.text);
    }
    const [clock] = /\d\d:\d\d/.exec(await this.part("when").inputValue());
    await this.part("save").click();
    const saved = this.part("entry").filter({ hasText: note }).filter({ hasText: clock });
    await saved.waitFor();
    return saved.getAttribute("data-entry");
  }

  async #chooseEmployer() {
    await this.firstEmployer().click();
  }

  /** The first employer offered; two text fields have names that begin like the chips. */
  firstEmployer() {
    return this.page.getByRole("button").and(this.page.locator('[data-test^="employer-"]')).first();
  }

  async unlock(passphrase) {
    await this.part("passphrase").fill(passphrase);
    await this.part("unlock").click();
  }

  async openEntry(id) {
    await this.entry(id).locator("h3 a").click();
    await this.part("note").waitFor();
  }

  /** Writes at the end of the open entry's note. */
  async addToNote(text) {
    await this.part("edit-note").click();
    const field = this.part("note-text");
    await field.fill(`${await field.inputValue()} ${text}`);
    await this.part("save-note").click();
    await this.part("note").filter({ hasText: text }).waitFor();
  }

  async goToExchange() {
    await this.part("nav-exchange").click();
    await this.part("exchange").waitFor();
  }

  /** Presses *Send og hent nu*. The phone also exchanges by itself, and takes no second order while it does: press again. */
  async exchange() {
    await this.goToExchange();
    for (let attempt = 1; ; attempt += 1) {
      await this.#exchangeButton().click();
      const done = this.part("exchange-result").waitFor({ timeout: 10_000 });
      if (await done.then(() => true, (error) => giveUpAfter(attempt, error))) return;
    }
  }

  /** Presses it where nobody can be reached. */
  async exchangeInVain() {
    await this.goToExchange();
    await this.#exchangeButton().click();
    await this.part("exchange-failed").waitFor();
  }

  #exchangeButton() {
    return this.page.locator('[data-test="exchange-now"][aria-disabled="false"]');
  }

  assertNoErrors() {
    assert.deepEqual(this.errors, []);
  }
}

function giveUpAfter(attempt, error) {
  if (attempt === 4) throw error;
  return false;
}
