import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser } from "./browser.js";
import { Phone } from "./phone.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

test("a leader holds the figures against the server's", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  for (const number of ["O-1", "O-2"]) {
    town.feltbog("case", "new", "--number", number, "--name", `Bo Bak ${number}`);
    town.feltbog("log", number, "contact", "--note", "Gik en tur om søen.");
  }
  town.feltbog("sync");
  const browser = await startBrowser();
  t.after(() => browser.close());
  const lone = await Phone.on(browser, await town.open());
  const compare = () => lone.part("server-compare").click();

  await step("the server says how many entries it counted, and that every figure is the same", async () => {
    await lone.part("nav-more").click();
    await lone.part("more-overview").click();
    await compare();
    await lone.part("server-agrees").waitFor();
    assert.equal(await lone.part("server-different").count(), 0);
    assert.match(await lone.part("server-accepted").innerText(), /2/);
    assert.equal(await lone.part("server-pending").count(), 0);
    await assertFineOnEveryScreen(lone.page, "Sammenlign med serveren");
  });

  await step("without a network it says so, and the device's own figures stay", async () => {
    await town.stopServer();
    await compare();
    await lone.part("server-wrong").filter({ hasText: /\S/ }).waitFor();
    assert.equal(await lone.part("overview-scope").count(), 1);
  });

  lone.assertNoErrors();
});
