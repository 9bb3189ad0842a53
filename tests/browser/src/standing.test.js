import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser } from "./browser.js";
import { Phone } from "./phone.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

test("what others change of how one stands", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  const browser = await startBrowser();
  t.after(() => browser.close());
  const lone = await Phone.on(browser, await town.open());
  await lone.exchange();

  await step("a device that came in one's name is told on the first screen, and stays until it was seen", async () => {
    const mine = town.joinAs("tablet", town.feltbog("invite", "--device").invitation);
    await lone.exchange();
    const foreign = town.joinAs("foreign", town.feltbog("invite", "--device").invitation);
    assert.notEqual(mine, foreign);
    await lone.exchange();
    await lone.goToToday();
    await lone.part("standing-device").nth(1).waitFor();
    assert.equal(await lone.part("standing-device").count(), 2);
    await assertFineOnEveryScreen(lone.page, "Ændret af andre");
    const row = (device) => lone.part("standing-device").filter({ hasText: device.slice(0, 8) });
    await row(mine).getByRole("button", { name: "Den er min" }).click();
    await row(mine).waitFor({ state: "detached" });
    await lone.page.reload();
    await row(foreign).getByRole("button", { name: "spær den" }).click();
    await lone.part("standing").waitFor({ state: "detached" });
    const states = town.feltbog("devices").map(({ device, state }) => [device, state]);
    assert.equal(new Map(states).get(foreign), "blocked");
    assert.equal(new Map(states).get(mine), "active");
  });

  lone.assertNoErrors();
});
