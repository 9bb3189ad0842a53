import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser } from "./browser.js";
import { asking, logIn, startProvider, SUBSTANTIAL } from "./identity-provider.js";
import { Phone } from "./phone.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

const SLAGELSE = { tenant: "Slagelse Kommune", programme: "IPS Vest" };
const RINGSTED = { tenant: "Ringsted Kommune", programme: "IPS Midt" };
const PASSPHRASE = "rabarber i juli";

test("somebody in one municipality joins a second one from the window", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const [slagelse, ringsted] = [await Town.founded(t, SLAGELSE), await Town.founded(t, RINGSTED)];
  const { invitation: first } = slagelse.feltbog("invite", "--name", "Åse Møller", "--role", "consultant");
  const { invitation: again } = slagelse.feltbog("invite", "--name", "Åse Møller", "--role", "consultant");
  const { invitation: second } = ringsted.feltbog("invite", "--name", "Åse Møller", "--role", "consultant");
  const issuer = await startProvider(t);
  await ringsted.configure(asking(issuer));
  slagelse.feltbogOf("aase", "join", first);
  const browser = await startBrowser();
  t.after(() => browser.close());
  const phone = await Phone.on(browser, await slagelse.open("aase"));
  await phone.page.context().route(`${issuer}/**`, (route) => route.abort());
  const wrong = (text) => phone.part("join-wrong").filter({ hasText: text }).waitFor();
  const join = () => phone.part("join-now").click();

  await step("the form asks what to call both, and for a passphrase of its own", async () => {
    await phone.part("nav-more").click();
    await phone.part("join-beside").click();
    await assertFineOnEveryScreen(phone.page, "En kommune til");
    await phone.part("invitation").fill(again);
    await phone.part("name-here").fill(SLAGELSE.tenant);
    await phone.part("name-new").fill(RINGSTED.tenant);
    await phone.part("new-passphrase").fill(PASSPHRASE);
    await join();
    await wrong("De to adgangssætninger er ikke ens.");
    await phone.part("new-passphrase-again").fill(PASSPHRASE);
  });

  await step("a municipality that one is in already is refused, and so is what is no invitation", async () => {
    await join();
    await wrong("er du allerede med i");
    await phone.part("invitation").fill("feltbog:noget-andet");
    await join();
    await wrong("nvitation");
    assert.equal(await phone.part("switch-municipality").count(), 0);
  });

  await step("where a login is asked for, joining goes on after it", async () => {
    await phone.part("invitation").fill(second);
    await join();
    await phone.part("join-login").waitFor();
    await phone.part("log-in").click();
    await phone.part("login-page").waitFor();
    await assertFineOnEveryScreen(phone.page, "En kommune til, login");
    await logIn(browser, await phone.part("login-page").getAttribute("href"), SUBSTANTIAL, "aase");
    await phone.part("municipality").last().filter({ hasText: RINGSTED.tenant }).waitFor();
    await phone.part("today").waitFor();
  });

  await step("each opens with its own passphrase after the lock", async () => {
    await phone.part("nav-more").click();
    await phone.part("lock-now").click();
    await phone.part("locked").waitFor();
    await phone.unlock(PASSPHRASE);
    await phone.part("more").waitFor();
    await phone.goToToday();
    assert.equal(await phone.part("municipality").last().textContent(), RINGSTED.tenant);
    await phone.part("switch-municipality").filter({ hasText: SLAGELSE.tenant }).waitFor();
  });

  phone.assertNoErrors();
});
