import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser } from "./browser.js";
import { assertCalm, settled, watchForShifts } from "./calm.js";
import { Phone, SCREEN } from "./phone.js";
import { writeProgramme } from "./programme.js";
import { assertNothingBeside, NARROWEST, resize, withLetters } from "./screen-sizes.js";
import { Town } from "./town.js";

const PROGRAMMES = [
  { citizens: 25, years: 16, entriesPerYear: 45 },
  { citizens: 240, years: 4, entriesPerYear: 12 },
  { citizens: 960, years: 3, entriesPerYear: 8 },
];
/** Every place that needs no citizen, and what is waited for there. */
const PLACES = [
  ["#/i-dag", "today"],
  ["#/borgere", "case-row"],
  ["#/uge", "week-day"],
  ["#/journal", "journal"],
  ["#/virksomheder", "employer-row"],
  ["#/overblik", "overview-scope"],
  ["#/registrer", "kind-contact"],
  ["#/ny-borger", "new-citizen"],
  ["#/sendt", "exchange"],
  ["#/mere", "more"],
];
/** What every screen asks for; which is answered last is chance. */
const ANSWERED_LAST = ["", "status", "cases"];
/** A page of more lines is slow on an old phone, whatever it shows. */
const MOST_LINES = 150;

for (const [index, size] of PROGRAMMES.entries()) {
  // The order of answers matters as much for few citizens as for many.
  const lasts = index === 0 ? ANSWERED_LAST : [""];
  test(`a programme of ${size.citizens} citizens and ${size.years} years`, { timeout: 1_500_000 }, async (t) => {
    const town = await Town.founded(t);
    const today = Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), new Date().getUTCDate());
    const written = await writeProgramme(town.path("csv"), { ...size, prefix: "ODE", consultant: "Lone Leder", today, seed: size.citizens });
    const began = Date.now();
    const imported = town.feltbog("import", town.path("csv"));
    assert.deepEqual(imported.refused, []);
    assert.equal(imported.added.cases, written.cases);
    assert.equal(imported.added.entries, written.entries);
    assert.equal(imported.added.employers, written.employers);
    t.diagnostic(`import of ${written.entries} entries: ${Date.now() - began} ms`);
    const again = town.feltbog("import", town.path("csv"), "--dry-run");
    assert.equal(again.added.entries + again.added.cases + again.added.employers, 0, "a second run changes nothing");

    const browser = await startBrowser();
    t.after(() => browser.close());
    const lone = await Phone.on(browser, await town.open());
    await watchForShifts(lone.page.context());
    const took = async (what, act) => {
      const from = Date.now();
      await act();
      await settled(lone.page);
      t.diagnostic(`${what}: ${Date.now() - from} ms`);
      const lines = await lone.page.locator("li").count();
      assert.ok(lines <= MOST_LINES, `${what}: ${lines} lines`);
      await resize(lone.page, NARROWEST);
      for (const letters of ["100%", "200%"]) await withLetters(lone.page, letters, () => assertNothingBeside(lone.page, `${what}, ${letters}`));
      await resize(lone.page, SCREEN);
    };

    await took("first screen from cold", async () => {
      await lone.page.reload();
      await lone.part("today").locator("h2, [data-test=today-nothing]").first().waitFor();
    });
    await took("citizens", async () => {
      await lone.part("nav-cases").click();
      await lone.part("case-row").first().waitFor();
    });
    const last = `ODE-${String(size.citizens).padStart(4, "0")}`;
    await took("search", async () => {
      await lone.part("search").fill(last);
      await lone.page.locator(`[data-case="${last}"]`).waitFor();
    });
    await took("a citizen", async () => {
      await lone.page.locator(`[data-case="${last}"]`).click();
      await lone.part("case").waitFor();
    });
    await took("the week", async () => {
      await lone.goToToday();
      await lone.part("today-week").click();
      await lone.part("week-day").first().waitFor();
    });
    await took("registering", async () => {
      await lone.part("nav-register").click();
      await lone.part("kind-contact").waitFor();
      await lone.part("close").click();
    });
    await took("employers", async () => {
      await lone.part("nav-more").click();
      await lone.part("more-employers").click();
      await lone.part("employer-row").first().waitFor();
    });
    await took("sent and fetched", () => lone.goToExchange());
    for (const [place, shows] of PLACES) await assertCalm(lone.page, place, `[data-test="${shows}"]`, lasts);
    await lone.part("nav-cases").click();
    await lone.part("case-row").first().click();
    await lone.part("case").waitFor();
    await assertCalm(lone.page, new URL(lone.page.url()).hash, '[data-test="entry"]', [...lasts, "show_case"]);
    lone.assertNoErrors();
  });
}
