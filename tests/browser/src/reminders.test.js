import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible } from "./accessible.js";
import { ABROAD, startBrowser } from "./browser.js";
import { Phone, SCREEN } from "./phone.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";
import { Core } from "./transports/core.js";
import { PhoneHost } from "./transports/phone-host.js";

const ORIGIN = "https://app.feltbog.invalid";
const PAGE = fileURLToPath(new URL("../../../mobile-shell/ui/dist", import.meta.url));

/** The packed page as an app on a phone shows it, answered by this host. */
async function shownBy(host, browser) {
  const context = await browser.newContext({ viewport: SCREEN, hasTouch: true, ...ABROAD });
  await context.route(`${ORIGIN}/**`, (route) => route.fulfill({ path: PAGE + new URL(route.request().url()).pathname }));
  await context.exposeFunction("answered", (frame) => host.answer(frame));
  await context.addInitScript(() => {
    globalThis.webkit = { messageHandlers: { feltbog: { postMessage: (frame) => globalThis.answered(frame) } } };
  });
  const phone = new Phone(await context.newPage(), []);
  await phone.open(`${ORIGIN}/index.html`);
  return phone;
}

test("the owner of a phone chooses whether it reminds her, and a computer does not ask", { timeout: 120_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  const browser = await startBrowser();
  t.after(() => browser.close());
  const host = new PhoneHost();
  host.core = await Core.begun(town);
  let [stands, allowed] = ["off", false];
  host.reminds = (wish) => {
    if (wish !== "") stands = wish === "on" && !allowed ? "denied" : wish;
    return stands;
  };
  const phone = await shownBy(host, browser);
  const choice = (on) => phone.page.locator(`[data-test="remind-me"][aria-checked="${on}"]`);
  const denied = phone.part("reminders-denied");

  await step("it is off until she turns it on", async () => {
    await phone.part("nav-more").click();
    await choice(false).waitFor();
    assert.equal(await denied.count(), 0);
    await assertAccessible(phone.page, "Mere, uden påmindelser");
  });

  await step("a phone that forbids it is said so", async () => {
    await choice(false).click();
    await denied.waitFor();
    await choice(true).waitFor();
    await assertAccessible(phone.page, "Mere, når telefonen ikke viser beskeder");
  });

  await step("she takes it back, and turns it on where it is allowed", async () => {
    await choice(true).click();
    await choice(false).waitFor();
    allowed = true;
    await choice(false).click();
    await choice(true).waitFor();
    assert.deepEqual([stands, await denied.count()], ["on", 0]);
  });

  await step("a computer has nothing to remind with, and does not ask", async () => {
    await host.core.close();
    const computer = await Phone.on(browser, await town.open());
    await computer.part("nav-more").click();
    await computer.part("more").waitFor();
    await computer.part("language-da").waitFor();
    assert.equal(await computer.part("reminders").count(), 0);
  });
});
