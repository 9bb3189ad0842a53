import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./accessible.js";
import { DENMARK, OUT } from "./browser.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { countInServer } from "./server-folder.js";
import { Stage } from "./stage.js";

/** Both work with her; her newest entry before today is shared. */
const CITIZEN = "SYD-0001";
const VISIT = "Værkføreren leder efter en hjælper til sommerfugleburet.";
const INTERVIEW = "Samtalen gik godt; stikkelsbærhaven ringer mandag.";
const AASES_LINE = "Åse: kanelsneglen er aftalt til torsdag.";
const ERIKS_LINE = "Erik: havtornsaften flyttes til fredag.";
const HALF = "Tranebærkagen var næsten";
const WORDS = ["sommerfugleburet", "stikkelsbærhaven", "kanelsneglen", "havtornsaften", "Marianne"];

test("a day without network, and the evening with it", { timeout: 600_000 }, async (t) => {
  const stage = await Stage.set(t);
  const { demo, browser, aase, erik, step } = stage;
  let visit, interview, meeting;

  await step("every screen a consultant uses is accessible", async () => {
    await assertAccessible(aase.page, "I dag");
    await aase.page.screenshot({ path: `${OUT}0-i-dag.png` });
    await aase.part("nav-cases").click();
    await aase.part("case-row").first().waitFor();
    await assertAccessible(aase.page, "Borgere");
    await aase.page.screenshot({ path: `${OUT}1-borgere.png` });
    await aase.openCase(CITIZEN);
    await assertAccessible(aase.page, "Borger");
    await aase.page.screenshot({ path: `${OUT}2-borger.png` });
    await aase.part("nav-register").click();
    await aase.part("kind-employer_visit").click();
    await assertAccessible(aase.page, "Registrér");
    await aase.page.screenshot({ path: `${OUT}3-registrer.png` });
    await aase.part("close").click();
    await aase.goToExchange();
    await assertAccessible(aase.page, "Sendt og hentet");
    await aase.page.screenshot({ path: `${OUT}4-sendt-og-hentet.png` });
    await aase.part("nav-more").click();
    await aase.part("block").first().click();
    await assertAccessible(aase.page, "Mere");
    await aase.part("devices").scrollIntoViewIfNeeded();
    await aase.page.screenshot({ path: `${OUT}5-mere.png` });
  });

  await step("offline, work is saved on the phone and says so", async () => {
    await demo.phone("aase", "off");
    await aase.openCase(CITIZEN);
    visit = await aase.register({ kind: "employer_visit", minutes: 45, outcome: "interested", note: VISIT, employer: true });
    interview = await aase.register({ kind: "job_interview", minutes: 30, outcome: "interested", note: INTERVIEW, employer: true });
    for (const id of [visit, interview]) await assertState(aase, id, "local_only", "kun på telefonen");
    meeting = await sharedEntry(aase);
    await aase.openEntry(meeting);
    await aase.addToNote(AASES_LINE);
    await aase.exchangeInVain();
    assert.match(await aase.part("exchange-failed").innerText(), /Det, du har gemt, er gemt/);
    assert.match(await aase.part("waiting").innerText(), /Virksomhedsbesøg/i);
    await aase.page.screenshot({ path: `${OUT}5-uden-netvaerk.png` });
  });

  await step("a phone that loses power in the middle has everything that was saved", async () => {
    await aase.open((await demo.phone("aase", "lose-power")).frame);
    await aase.openCase(CITIZEN);
    await assertState(aase, visit, "local_only", "kun på telefonen");
    await assertState(aase, interview, "local_only", "kun på telefonen");
    assert.match(await aase.entry(visit).innerText(), /sommerfugleburet/);
    assert.match(await aase.entry(meeting).innerText(), /kanelsneglen/);
  });

  await step("meanwhile the treatment side writes in the same note", async () => {
    await erik.openCase(CITIZEN);
    await erik.openEntry(meeting);
    await erik.addToNote(ERIKS_LINE);
    await erik.exchange();
  });

  await step("with network back, both texts stand on both phones", async () => {
    await demo.phone("aase", "on");
    await aase.exchange();
    await aase.part("exchange-state").filter({ hasText: "Alt er sendt" }).waitFor();
    await erik.exchange();
    for (const phone of [aase, erik]) {
      await phone.openCase(CITIZEN);
      await phone.openEntry(meeting);
      const note = phone.part("note").filter({ hasText: AASES_LINE }).filter({ hasText: ERIKS_LINE });
      await note.waitFor();
    }
    await aase.part("passage").filter({ hasText: "havtornsaften" }).filter({ hasText: "Erik" }).waitFor();
    await erik.part("passage").filter({ hasText: "kanelsneglen" }).filter({ hasText: "Åse" }).waitFor();
    assert.doesNotMatch((await aase.part("passage").allInnerTexts()).join(), /kanelsneglen/, "own words are not news");
    await assertFineOnEveryScreen(aase.page, "I har begge skrevet her");
    await aase.page.reload();
    await aase.part("saw-both-wrote").click();
    await aase.part("both-wrote").waitFor({ state: "detached" });
    await aase.part("note").filter({ hasText: ERIKS_LINE }).waitFor();
    assert.equal(await aase.part("passage").count(), 0, "what was seen is marked no more");
    await aase.page.screenshot({ path: `${OUT}6-aases-notat.png` });
    await erik.page.screenshot({ path: `${OUT}7-eriks-notat.png` });
  });

  await step("the visit is sent, and is none of the treatment side's business", async () => {
    await aase.openCase(CITIZEN);
    await assertState(aase, visit, "sent", "sendt");
    await assertState(aase, interview, "sent", "sendt");
    await erik.openCase(CITIZEN);
    await erik.entry(meeting).waitFor();
    assert.equal(await erik.entry(visit).count(), 0);
    assert.equal(await erik.entry(interview).count(), 0);
    assert.doesNotMatch(await erik.part("case").innerText(), /sommerfugleburet|stikkelsbærhaven/);
  });

  await step("a locked window shows nothing, hands in, and opens with the passphrase alone", async () => {
    await aase.part("nav-more").click();
    await aase.part("lock-now").click();
    await aase.part("locked").waitFor();
    assert.doesNotMatch(await aase.page.locator("body").innerText(), /sommerfugleburet|Marianne|SYD-/);
    await assertAccessible(aase.page, "Låst");
    await aase.page.screenshot({ path: `${OUT}9-laast.png` });
    await aase.part("hand-in").click();
    await aase.part("handed-in").filter({ hasText: "ikke noget usendt" }).waitFor();
    await aase.part("passphrase").fill("det var vist noget med en hund");
    await aase.part("unlock").click();
    await aase.part("locked-wrong").filter({ hasText: "passer ikke" }).waitFor();
    await aase.unlock(await stage.passphrase());
    await aase.part("more").waitFor();
    await aase.openCase(CITIZEN);
    await aase.entry(visit).waitFor();
  });

  await step("a door that locks by itself hides a half-written note and loses none of it", async () => {
    await aase.page.clock.install();
    await aase.openEntry(visit);
    await aase.part("edit-note").click();
    await aase.part("note-text").fill(HALF);
    await stage.lockByItself(aase);
    assert.doesNotMatch(await aase.page.content(), /sommerfugle|tranebær/i);
    await aase.unlock(await stage.passphrase());
    await aase.part("note-text").waitFor();
    assert.equal(await aase.part("note-text").inputValue(), HALF);
    await aase.part("save-note").click();
    await aase.part("note").filter({ hasText: HALF }).waitFor();
    await aase.openCase(CITIZEN);
    await aase.openEntry(visit);
    assert.equal(await aase.part("note-text").count(), 0, "what was saved is not being edited any more");

    await aase.openCase(CITIZEN);
    await aase.part("nav-register").click();
    await aase.part("kind-employer_visit").click();
    await aase.part("note").fill(HALF);
    await stage.lockAndUnlock(aase);
    assert.equal(await aase.part("note").inputValue(), HALF);
  });

  await step("the server's side never shows a word", async () => {
    assert.notEqual(await countInServer(demo.serverData, "Københavns Kommune"), 0, "the search finds what is there");
    for (const word of WORDS) assert.equal(await countInServer(demo.serverData, word), 0, word);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...DENMARK });
    await page.goto(demo.page);
    await page.frameLocator('[data-test="phone-aase"] iframe').locator('[data-test="today"]').waitFor();
    await page.locator('[data-test="word"]').fill("sommerfugleburet");
    await page.locator('[data-test="search"]').click();
    await page.locator('[data-test="found"]').filter({ hasText: "0 fund" }).waitFor();
    assert.doesNotMatch(await page.locator('[data-test="log"]').innerText(), /sommerfugle|Marianne/i);
    await assertAccessible(page, "the demo page");
    await page.screenshot({ path: `${OUT}8-demo.png` });
  });

  stage.assertNoErrors();
});

async function assertState(phone, id, state, word) {
  const entry = phone.page.locator(`[data-test="entry"][data-entry="${id}"][data-state="${state}"]`);
  await entry.waitFor();
  assert.match((await entry.textContent()) ?? "", new RegExp(word));
}

/** The newest entry of the open page that both sides see. */
async function sharedEntry(phone) {
  return phone.part("entry").filter({ hasText: "Delt med" }).first().getAttribute("data-entry");
}
