import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { startBrowser } from "./browser.js";
import { asking, logIn, startProvider, SUBSTANTIAL } from "./identity-provider.js";
import { Phone } from "./phone.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

test("the municipality asks for a login", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  const issuer = await startProvider(t);
  await town.configure(asking(issuer));
  const browser = await startBrowser();
  t.after(() => browser.close());
  const lone = await Phone.on(browser, await town.open());
  const context = lone.page.context();
  // The window that opens by itself comes to nothing, as behind a blocker; who logs in follows the address beside it.
  const blocked = (route) => route.abort();

  await step("who is asked sees until when, and begins with one tap", async () => {
    await lone.exchange();
    await lone.part("login-wanted").waitFor();
    await assertFineOnEveryScreen(lone.page, "Login ønskes");
    await context.route(`${issuer}/**`, blocked);
    await lone.part("log-in").click();
    await lone.part("login-page").waitFor();
    await assertFineOnEveryScreen(lone.page, "Login er begyndt");
  });

  await step("a login that is not sure enough is refused in a sentence, and nothing is lost", async () => {
    await logIn(browser, await lone.part("login-page").getAttribute("href"), "urn:test:low");
    await lone.part("login-wrong").filter({ hasText: "stærkere login" }).waitFor();
  });

  await step("begun anew, the older one is given up without a word", async () => {
    await lone.part("log-in").click();
    const given_up = await lone.part("login-page").getAttribute("href");
    await lone.part("log-in").click();
    await lone.page.locator(`[data-test="login-page"]:not([href="${given_up}"])`).waitFor();
    assert.equal(await lone.part("login-wrong").count(), 0);
  });

  await step("after the login, nobody is asked any more", async () => {
    await logIn(browser, await lone.part("login-page").getAttribute("href"), SUBSTANTIAL);
    await lone.part("login-wanted").waitFor({ state: "detached" });
    await lone.exchange();
    assert.equal(await lone.part("login-wanted").count(), 0);
  });

  lone.assertNoErrors();
});
