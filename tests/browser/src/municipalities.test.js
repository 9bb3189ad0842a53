import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertAccessible } from "./accessible.js";
import { OUT, startBrowser } from "./browser.js";
import { assertCalm, settled, watchForShifts } from "./calm.js";
import { Phone } from "./phone.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

const SLAGELSE = { tenant: "Slagelse Kommune", programme: "IPS Vest", number: "S-1", citizen: "Brynhild Kløvermark" };
const RINGSTED = { tenant: "Ringsted Kommune", programme: "IPS Midt", number: "R-1", citizen: "Valdemar Tranekær" };
const HALF = "Halvt skrevet om pakkeriet i Skælskør";
const HOME = "aase";

test("one person in two municipalities", { timeout: 900_000 }, async (t) => {
  const slagelse = await Town.founded(t, SLAGELSE);
  const ringsted = await Town.founded(t, RINGSTED);
  const step = inTurn(t);
  const aase = (...words) => slagelse.feltbogOf(HOME, ...words);
  for (const [town, there] of [[slagelse, SLAGELSE], [ringsted, RINGSTED]]) {
    const { invitation } = town.feltbog("invite", "--name", "Åse Møller", "--role", "consultant");
    aase("--municipality", there.tenant, "join", invitation);
    for (let round = 0; round < 2; round += 1) {
      aase("--municipality", there.tenant, "sync");
      town.feltbog("sync");
    }
    aase("--municipality", there.tenant, "sync");
    aase("--municipality", there.tenant, "case", "new", "--number", there.number, "--name", there.citizen);
  }
  const browser = await startBrowser();
  t.after(() => browser.close());
  const phone = await Phone.on(browser, await slagelse.open(HOME));
  await watchForShifts(phone.page.context());
  const heading = () => phone.part("municipality").last().textContent();

  await step("today says which municipality it is, and where the other is", async () => {
    await phone.page.reload();
    await phone.part("today").waitFor();
    await settled(phone.page);
    assert.equal(await heading(), SLAGELSE.tenant);
    assert.equal(await phone.part("switch-municipality").count(), 1);
    await assertTouchable(phone.part("switch-municipality"));
    await assertFineOnEveryScreen(phone.page, "To kommuner, i dag");
  });

  await step("nothing moves while the first screen of one of two is drawn", async () => {
    await assertCalm(phone.page, "#/i-dag", '[data-test="today"] [data-test="municipality"]');
  });

  await step("where one registers stands which municipality it is for, and half of it stays there", async () => {
    await phone.part("nav-register").click();
    await phone.part("register").waitFor();
    assert.equal(await heading(), SLAGELSE.tenant);
    await assertFineOnEveryScreen(phone.page, "To kommuner, registrér");
    const kept = phone.page.waitForResponse((answer) => (answer.request().postData() ?? "").includes(HALF));
    await phone.part("note").fill(HALF);
    await kept;
    await phone.part("close").click();
    await phone.part("leave-keep").click();
  });

  await step("Mere leads to the other by keyboard, and nothing of the first is left in the page", async () => {
    await phone.part("nav-more").click();
    await assertFineOnEveryScreen(phone.page, "To kommuner, mere");
    const through = phone.part("more").locator('[data-test="switch-municipality"]');
    await through.focus();
    await phone.page.keyboard.press("Enter");
    await phone.part("today").waitFor();
    await phone.part("municipality").last().filter({ hasText: RINGSTED.tenant }).waitFor();
    await settled(phone.page);
    assert.equal(await phone.part("unfinished").count(), 0, "what was begun in the other one is not here");
    await phone.part("nav-cases").click();
    await phone.part("case-row").filter({ hasText: RINGSTED.citizen }).waitFor();
    const memory = await heap(phone.page);
    assert.ok(memory.includes("Tranekær"), "what is shown is found, or the search is worth nothing");
    for (const word of ["Kløvermark", "Skælskør", SLAGELSE.number]) assert.ok(!memory.includes(word), word);
  });

  await step("what is registered lands in the municipality that is shown, and the other is not forgotten", async () => {
    await phone.page.locator(`[data-test="case-row"][data-case="${RINGSTED.number}"]`).click();
    await phone.register({ kind: "contact", minutes: "30", note: "Gik en tur om søen." });
    await phone.exchange();
    ringsted.feltbog("sync");
    slagelse.feltbog("sync");
    const notes = ringsted.feltbog("show", RINGSTED.number).entries.map(({ note }) => note);
    assert.deepEqual(notes, ["Gik en tur om søen."]);
    assert.deepEqual(slagelse.feltbog("search", "søen"), []);
    aase("--municipality", SLAGELSE.tenant, "log", SLAGELSE.number, "contact", "--note", "Ringede.");
    await phone.goToToday();
    await phone.part("switch-municipality").filter({ hasText: SLAGELSE.tenant }).waitFor();
    await phone.part("switch-municipality").click();
    await phone.part("municipality").last().filter({ hasText: SLAGELSE.tenant }).waitFor();
    await phone.part("unfinished-row").filter({ hasText: "Registrering" }).click();
    assert.equal(await phone.part("note").inputValue(), HALF);
    await phone.part("close").click();
    await phone.part("leave-keep").click();
  });

  await step("the count of what is only here in the other one stands on its way there", async () => {
    await slagelse.stopServer();
    aase("--municipality", SLAGELSE.tenant, "log", SLAGELSE.number, "contact", "--note", "Ringede igen.");
    await phone.goToToday();
    await phone.part("switch-municipality").filter({ hasText: RINGSTED.tenant }).click();
    await phone.part("municipality").last().filter({ hasText: RINGSTED.tenant }).waitFor();
    await phone.part("elsewhere-unsent").filter({ hasText: "kun på telefonen" }).waitFor();
    await assertFineOnEveryScreen(phone.page, "To kommuner, usendt i den anden");
  });

  await step("the lock locks both, says whose passphrase it asks for, and opens both", async () => {
    await phone.part("nav-more").click();
    await phone.part("lock-now").click();
    await phone.part("locked").waitFor();
    assert.match(await phone.page.locator("label[for=passphrase]").textContent(), new RegExp(RINGSTED.tenant));
    await assertAccessible(phone.page, "Låst");
    await phone.page.screenshot({ path: `${OUT}To kommuner, låst.png` });
    await phone.part("switch-municipality").click();
    await phone.page.locator("label[for=passphrase]").filter({ hasText: SLAGELSE.tenant }).waitFor();
    await phone.unlock((await readFile(slagelse.path("passphrase"), "utf8")).trim());
    await phone.part("today").waitFor();
    await phone.part("switch-municipality").click();
    await phone.part("municipality").last().filter({ hasText: RINGSTED.tenant }).waitFor();
    await phone.part("today").waitFor();
  });

  await step("in English as well", async () => {
    await phone.part("nav-more").click();
    await phone.part("language-en").click();
    await phone.part("more").locator('[data-test="switch-municipality"]').filter({ hasText: "Switch to Slagelse Kommune" }).waitFor();
  });

  phone.assertNoErrors();
});

async function assertTouchable(part) {
  const { height } = await part.boundingBox();
  assert.ok(height >= 44, `${height} px high`);
}

/** Every text the page holds in memory, after what nobody needs was given back. */
async function heap(page) {
  const devtools = await page.context().newCDPSession(page);
  const chunks = [];
  devtools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await devtools.detach();
  return JSON.parse(chunks.join("")).strings.join("\n");
}
