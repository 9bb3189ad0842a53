import assert from "node:assert/strict";
import { test } from "node:test";
import { OUT } from "./browser.js";
import { SCREEN } from "./phone.js";
import { NARROWEST, assertFineOnEveryScreen, assertNothingBeside, navPlaces, resize, withLetters } from "./screen-sizes.js";
import { Stage } from "./stage.js";

/** Both work with her. */
const CITIZEN = "SYD-0001";
const STEP = "Ringe til tangfabrikken";
const NO_SHOW = "Mødes ved hyldebærbussen";
const MOST_TAPS = 6;
const MOST_TAPS_TO_JOURNAL = 3;

test("the field book in the hand", { timeout: 900_000 }, async (t) => {
  const stage = await Stage.set(t);
  const { demo, aase, erik, step } = stage;

  await step("the first screen is today, on every screen", async () => {
    assert.equal(await aase.part("nav-today").getAttribute("aria-current"), "page");
    await assertFineOnEveryScreen(aase.page, "I dag");
  });

  await step("five places fit in one row, and stay within reach with large letters", async () => {
    const atCommonSize = await navPlaces(aase.page);
    assert.equal(atCommonSize.length, 5);
    assert.equal(new Set(atCommonSize.map((place) => place.top)).size, 1, "one row");
    await resize(aase.page, NARROWEST);
    for (const letters of ["100%", "200%"]) {
      await withLetters(aase.page, letters, async () => {
        for (const place of await navPlaces(aase.page)) {
          const where = `${letters}: ${JSON.stringify(place)}`;
          assert.ok(place.left >= 0 && place.right <= NARROWEST.width && place.bottom <= NARROWEST.height, where);
          assert.ok(place.height >= 24 && !place.hidden, where);
        }
        await assertNothingBeside(aase.page, `I dag, ${letters}`);
        await aase.page.screenshot({ path: `${OUT}I dag ${NARROWEST.width} ${letters}.png` });
      });
    }
    await resize(aase.page, SCREEN);
  });

  await step("a visit to an employer is saved in few taps from the first screen", async () => {
    let taps = 0;
    const tap = async (part) => {
      await part.click();
      taps += 1;
    };
    await tap(aase.part("nav-register"));
    await tap(aase.part("kind-employer_visit"));
    await tap(aase.page.locator('[data-test^="citizen-"]').first());
    await tap(aase.firstEmployer());
    await tap(aase.part("outcome-interested"));
    await tap(aase.part("save"));
    await aase.page.locator('[data-test="entry"][data-state="local_only"], [data-test="entry"].fresh').first().waitFor();
    assert.ok(taps <= MOST_TAPS, `${taps} taps`);
  });

  await step("what was agreed stands on the first screen, and is moved with two taps", async () => {
    await aase.openCase(CITIZEN);
    await aase.register({ kind: "contact", minutes: 15, note: "Vi aftalte noget om tang.", step: { day: "om en uge", text: STEP } });
    await aase.goToToday();
    const agreed = appointment(aase, STEP);
    await agreed.waitFor();
    const before = await agreed.locator(".when").innerText();
    await agreed.locator('[data-test="step-more"]').click();
    await agreed.locator('[data-test="step-moved"]').click();
    await assertFineOnEveryScreen(aase.page, "I dag med aftaler");
    await agreed.getByRole("button", { name: "I morgen", exact: false }).click();
    await agreed.locator(".when").filter({ hasNotText: before.trim() }).waitFor();
  });

  await step("the week shows what was agreed on its day, and turns", async () => {
    await aase.part("today-week").click();
    await aase.part("week-day").first().waitFor();
    assert.equal(await aase.part("week-day").count(), 7);
    await aase.page.evaluate((day) => (location.hash = `#/uge/${day}`), tomorrow());
    await appointment(aase, STEP).waitFor();
    await aase.part("week-day").filter({ visible: true }).nth(new Date(tomorrow()).getUTCDay() === 1 ? 3 : 0).focus();
    await aase.page.keyboard.press("Enter");
    await aase.part("week-day").filter({ hasText: STEP }).waitFor();
    await assertFineOnEveryScreen(aase.page, "Uge");
    await aase.part("week-day").filter({ hasText: STEP }).first().focus();
    await aase.page.keyboard.press("Enter");
    await appointment(aase, STEP).waitFor();
    await assertFineOnEveryScreen(aase.page, "Uge med en dag åben");
    await aase.part("week-before").click();
    await aase.part("week-before").click();
    await aase.part("week-now").click();
    await aase.part("week-now").waitFor({ state: "detached" });
    await aase.goToToday();
  });

  await step("what took place begins its entry, and asks no more", async () => {
    const agreed = appointment(aase, STEP);
    const more = agreed.locator('[data-test="step-more"]');
    if (await more.isVisible()) await more.click();
    await agreed.locator('[data-test="step-held"]').click();
    await aase.part("register").waitFor();
    assert.equal(await aase.part(`citizen-${CITIZEN}`).getAttribute("aria-pressed"), "true");
    await aase.part("close").click();
    await aase.goToToday();
    await agreed.waitFor({ state: "detached" });
  });

  await step("who did not come is written down with one tap", async () => {
    await aase.openCase(CITIZEN);
    await aase.register({ kind: "contact", minutes: 15, note: "Bussen går klokken ti.", step: { day: "i dag", text: NO_SHOW } });
    await aase.goToToday();
    const agreed = appointment(aase, NO_SHOW);
    await agreed.locator('[data-test="step-no-show"]').click();
    await agreed.waitFor({ state: "detached" });
    await aase.openCase(CITIZEN);
    const written = aase.part("entry").filter({ has: aase.page.locator("h3", { hasText: "Ikke truffet" }) });
    await written.filter({ hasText: NO_SHOW }).waitFor();
  });

  await step("one visit about two: no word of one stands in the other's file", async () => {
    await aase.openCase(CITIZEN);
    await aase.part("nav-register").click();
    await aase.part("kind-employer_visit").click();
    await aase.firstEmployer().click();
    await aase.part("note").fill(`Hun prøver pæretræerne.${"\n\nDe står i rækker bag drivhuset, og hun gik dem alle igennem.".repeat(8)}`);
    await aase.part("also").click();
    const other = aase.page.locator('[data-part="citizen"] ~ section [data-test^="citizen-SYD"]:not([data-test="citizen-SYD-0001"])').first();
    const number = (await other.getAttribute("data-test")).replace("citizen-", "");
    const name = (await other.innerText()).trim();
    await other.click();
    await aase.part("also-note").fill("Prøver blommetræerne.");
    await assertFineOnEveryScreen(aase.page, "Registrér for to");
    await aase.part("save").click();
    const hers = aase.part("entry").filter({ hasText: "pæretræerne" });
    await hers.waitFor();
    assert.doesNotMatch(await aase.part("case").innerText(), /blommetræerne/);
    assert.ok(!(await aase.part("case").innerText()).includes(name), `${name} in another's file`);
    await aase.openCase(number);
    await aase.part("entry").filter({ hasText: "blommetræerne" }).waitFor();
    assert.doesNotMatch(await aase.part("case").innerText(), /pæretræerne/);
  });

  await step("a note is read together, alone on the screen", async () => {
    await openEntryWith(aase, CITIZEN, "pæretræerne");
    await aase.part("read-together").click();
    await aase.part("read-together-done").waitFor();
    await assertFineOnEveryScreen(aase.page, "Læst sammen");
    await aase.part("read-together-done").click();
    await aase.part("read-together-at").waitFor();
  });

  await step("a mistake is marked, stays readable, and can be taken back", async () => {
    await aase.part("mistaken").click();
    await aase.part("mark-text").fill("Det var en anden dag.");
    await assertFineOnEveryScreen(aase.page, "Fejlregistreret");
    await aase.part("mark-save").click();
    await aase.part("mistaken-why").filter({ hasText: "Det var en anden dag." }).waitFor();
    await aase.part("note").filter({ hasText: "pæretræerne" }).waitFor();
    await assertFineOnEveryScreen(aase.page, "En fejlregistreret");
    await aase.part("not-mistaken").click();
    await aase.part("mistaken-why").waitFor({ state: "detached" });
  });

  await step("fields are put right", async () => {
    await aase.part("change-fields").click();
    await aase.part("change-minutes").fill("75");
    await assertFineOnEveryScreen(aase.page, "Ret felterne");
    await aase.part("change-save").click();
    await aase.part("fields-form").waitFor({ state: "detached" });
    await aase.part("entry-page").filter({ hasText: "75 min" }).waitFor();
  });

  await step("what is missing in the journal reaches zero, three taps for each", async () => {
    await aase.goToToday();
    await aase.part("today-journal").click();
    await aase.part("journal-row").first().waitFor();
    await assertFineOnEveryScreen(aase.page, "Journal");
    let number = 0;
    while ((await aase.part("journal-row").count()) > 0) {
      const left = await aase.part("journal-row").count();
      await aase.part("journal-row").first().click();
      let taps = 0;
      const tap = async (part) => {
        await aase.part(part).click();
        taps += 1;
      };
      await tap("journal-copy");
      await aase.part("journal-copy").filter({ hasText: "Kopieret" }).waitFor();
      if (number === 0) {
        assert.match(await aase.page.evaluate(() => navigator.clipboard.readText()), /^\d\d-\d\d-\d{4}\n/);
        await assertFineOnEveryScreen(aase.page, "Registrering");
      }
      number += 1;
      await tap("journal-field");
      await aase.page.keyboard.type(`2026-${number}`);
      await tap("journal-done");
      assert.ok(taps <= MOST_TAPS_TO_JOURNAL, `${taps} taps from the note to the journal`);
      await aase.part("journal-number").filter({ hasText: `2026-${number}` }).waitFor();
      await aase.goToToday();
      if (left === 1) break;
      await aase.part("today-journal").click();
      await aase.page.waitForFunction((rows) => document.querySelectorAll('[data-test="journal-row"]').length === rows, left - 1);
    }
    assert.ok(number >= 4, `${number} entries were missing`);
    assert.equal(await aase.part("today-journal").count(), 0);
    await aase.page.evaluate(() => (location.hash = "#/journal"));
    await aase.part("journal-empty").waitFor();
    await assertFineOnEveryScreen(aase.page, "Tom journal");
  });

  await step("what is journalised is locked, and an addendum stands beside it", async () => {
    await aase.page.clock.install();
    await openEntryWith(aase, CITIZEN, "pæretræerne");
    await aase.part("journal-number").waitFor();
    assert.equal(await aase.part("edit-note").count(), 0);
    assert.equal(await aase.part("change-fields").count(), 0);
    await aase.part("addendum").click();
    await aase.part("mark-text").fill("Det var kvædetræerne.");
    await stage.lockAndUnlock(aase);
    assert.equal(await aase.part("mark-text").inputValue(), "Det var kvædetræerne.", "a lock loses no word");
    await assertFineOnEveryScreen(aase.page, "En journaliseret");
    await aase.part("mark-save").click();
    await aase.openCase(CITIZEN);
    await aase.part("entry").filter({ hasText: "kvædetræerne" }).waitFor();
    await aase.part("entry").filter({ hasText: "pæretræerne" }).waitFor();
  });

  await step("at the door: who was there last, and what may be said", async () => {
    await aase.openCase(CITIZEN);
    await aase.part("nav-register").click();
    await aase.part("kind-employer_visit").click();
    await aase.firstEmployer().click();
    await aase.part("at-the-door").click();
    await leaveAndKeep(aase);
    await aase.part("may-be-said").filter({ hasText: "Marianne" }).waitFor();
    await assertFineOnEveryScreen(aase.page, "Ved døren");
    await aase.part("disclose").click();
    await aase.part("disclose-agreed").click();
    await assertFineOnEveryScreen(aase.page, "Hvad der må siges");
    await aase.part("may-say").fill("At hun er ny i faget");
    await aase.part("disclose-save").click();
    await aase.part("may-be-said").filter({ hasText: "At hun er ny i faget" }).waitFor();
    await aase.openCase(CITIZEN);
    await aase.part("agreed").filter({ hasText: "At hun er ny i faget" }).waitFor();
  });

  await step("the list of employers and their cards name no citizen", async () => {
    await aase.part("nav-more").click();
    await aase.part("more-employers").click();
    await aase.part("employer-row").first().waitFor();
    await assertFineOnEveryScreen(aase.page, "Virksomheder");
    await aase.part("employer-row").filter({ hasText: "Åse" }).or(aase.part("employer-row")).first().click();
    await aase.part("door-register").waitFor();
    assert.equal(await aase.part("may-be-said").count(), 0);
    assert.doesNotMatch(await aase.part("employer-page").innerText(), /Marianne|Esben|SYD-/);
    await assertFineOnEveryScreen(aase.page, "Virksomhed");
  });

  await step("a supervision sheet names neither citizen nor employer", async () => {
    await aase.openCase(CITIZEN);
    await aase.part("plan").locator("summary").click();
    await aase.part("plan-edit").click();
    await aase.part("case-more").locator("summary").click();
    await aase.part("end-case").click();
    await aase.part("end-goal_reached").click();
    await assertFineOnEveryScreen(aase.page, "Profil og afslutning");
    await aase.part("supervision").click();
    await aase.part("supervision-sheet").waitFor();
    assert.doesNotMatch(await aase.part("supervision-sheet").innerText(), /Marianne|SYD-|pæretræerne/);
    await assertFineOnEveryScreen(aase.page, "Supervisionsark");
    await aase.page.keyboard.press("Escape");
    await aase.part("supervision-sheet").waitFor({ state: "hidden" });
    // The ending that was begun is given up by hand.
    await aase.part("nav-cases").click();
    await aase.part("leave-drop").click();
  });

  await step("a new citizen is made without a network, closes only for a reason, and opens again", async () => {
    await demo.phone("aase", "off");
    await aase.part("nav-cases").click();
    await aase.part("new-citizen-link").click();
    await assertFineOnEveryScreen(aase.page, "Ny borger");
    await aase.part("citizen-name").fill("Torben Ny");
    await aase.part("citizen-number").fill("SYD-9001");
    await aase.part("consent-jobmål").check();
    await aase.part("citizen-save").click();
    await aase.part("case").getByRole("heading", { name: "Torben Ny" }).waitFor();
    await aase.part("case-more").locator("summary").click();
    await aase.part("end-case").click();
    await aase.part("end-goal_reached").click();
    await aase.part("no-support").check();
    await aase.part("end-save").click();
    await aase.page.getByText("I mål er man").waitFor();
    await aase.part("end-moved").click();
    await aase.part("end-save").click();
    await aase.part("exit-reason").waitFor();
    await aase.part("reopen").click();
    await aase.part("end-case").waitFor();
    await demo.phone("aase", "on");
  });

  await step("two people, one field: both values are shown, and one tap settles it for both", async () => {
    await aase.openCase(CITIZEN);
    const shared = await aase.part("entry").filter({ hasText: "Delt med" }).first().getAttribute("data-entry");
    await demo.phone("aase", "off");
    for (const [phone, minutes] of [[aase, "20"], [erik, "40"]]) {
      await phone.openCase(CITIZEN);
      await phone.openEntry(shared);
      await phone.part("change-fields").click();
      await phone.part("change-minutes").fill(minutes);
      await phone.part("change-save").click();
      await phone.part("fields-form").waitFor({ state: "detached" });
    }
    await erik.exchange();
    await demo.phone("aase", "on");
    await aase.exchange();
    await aase.openCase(CITIZEN);
    await aase.openEntry(shared);
    await aase.part("conflicts").waitFor();
    await assertFineOnEveryScreen(aase.page, "To værdier");
    await aase.part("conflicts").locator("li").filter({ hasText: "40" }).locator('[data-test="settle"]').click();
    await aase.part("conflicts").waitFor({ state: "detached" });
    await aase.exchange();
    await erik.exchange();
    for (const phone of [aase, erik]) {
      await phone.openCase(CITIZEN);
      await phone.openEntry(shared);
      await phone.part("entry-page").filter({ hasText: "40 min" }).waitFor();
      assert.equal(await phone.part("conflicts").count(), 0);
    }
  });

  await step("a figure says what it means, and leads to who is behind it", async () => {
    await aase.part("nav-more").click();
    await aase.part("more-overview").click();
    const caseload = aase.part("figure-caseload");
    await caseload.waitFor();
    assert.match(await aase.part("overview-scope").innerText(), /Kun dine egne borgere/);
    await caseload.locator("summary").click();
    const counted = caseload.locator('[data-test="figure-counts"] a');
    await counted.first().waitFor();
    const citizens = await counted.count();
    assert.match(await caseload.locator("summary").innerText(), new RegExp(`${citizens} borgere`));
    assert.match(await caseload.innerText(), /Indskrevne borgere ved dagens slutning/, "what it means");
    await aase.part("period-this_year").click();
    await aase.part("figure-ever_started").waitFor();
    await assertFineOnEveryScreen(aase.page, "Overblik");
    await counted.first().click();
    await aase.page.locator("main h1").first().waitFor();
    assert.match(await aase.page.evaluate(() => location.hash), /^#\/borger\//);
  });

  stage.assertNoErrors();
});

/** Tomorrow in Denmark, as an address names it. */
function tomorrow() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" }).format(Date.now() + 86_400_000);
}

function appointment(phone, text) {
  return phone.part("appointment").filter({ hasText: text });
}

/** What is begun is kept, where somebody goes and looks something up. */
async function leaveAndKeep(phone) {
  await phone.part("leave-keep").click();
}

async function openEntryWith(phone, citizen, words) {
  await phone.openCase(citizen);
  await phone.openEntry(await phone.part("entry").filter({ hasText: words }).first().getAttribute("data-entry"));
}
