import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./accessible.js";
import { startBrowser } from "./browser.js";
import { Phone } from "./phone.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

const YEAR = new Date().getFullYear() - 1;

test("a review of fidelity: the leader begins it, a reviewer from outside scores it", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  const { invitation } = town.feltbog("invite", "--name", "Eva Lund", "--role", "reviewer");
  town.feltbog("sync");
  town.joinAs("eva", invitation);
  town.feltbog("sync");
  for (let number = 1; number <= 6; number++) {
    town.feltbog("case", "new", "--number", `O-${number}`, "--name", `Amina Berg ${number}`, "--enrolled", `01-02-${YEAR}`);
  }
  const browser = await startBrowser();
  t.after(() => browser.close());
  const lone = await Phone.on(browser, await town.open());
  const eva = await Phone.on(browser, await town.open("eva"));
  const exchange = () => {
    for (const home of ["home", "eva", "home", "eva"]) town.feltbogOf(home, "sync");
  };

  await step("a reviewer finds her way from the first screen, and is told that nothing has begun", async () => {
    await eva.part("today-review").click();
    assert.match(await eva.part("fidelity-none").innerText(), /Lederen begynder den/);
    assert.equal(await eva.part("overview-csv").count(), 0, "nobody's figures");
    assert.equal(await eva.part("review-begin").count(), 0);
  });

  await step("the leader begins a review; a number that is none is refused in words", async () => {
    await lone.part("nav-more").click();
    await lone.part("more-overview").click();
    await lone.part("fidelity").locator("> summary").click();
    await lone.part("review-begin").click();
    await lone.part("review-from").fill(`01-01-${YEAR}`);
    await lone.part("review-to").fill(`31-12-${YEAR}`);
    await lone.part("review-full-time").fill("halvanden");
    await lone.part("review-days-save").click();
    assert.match(await lone.part("review-days-wrong").innerText(), /som et tal, fx 2,5/);
    await lone.part("review-full-time").fill("1,5");
    await lone.part("review-weekly").click();
    await lone.part("review-days-save").click();
    await lone.part("review-count").waitFor();
    assert.equal(await lone.part("fidelity-days").innerText(), `01-01-${YEAR} til 31-12-${YEAR}`);
  });

  await step("what was seen is written down without the name of a citizen", async () => {
    await lone.part("review-5").locator("summary").click();
    await lone.part("review-5-write").click();
    await lone.part("review-source-meeting").click();
    await lone.part("review-day").fill(`03-03-${YEAR}`);
    await lone.part("review-text").fill("Amina blev drøftet på teammødet");
    await lone.part("review-save").click();
    assert.match(await lone.part("review-wrong").innerText(), /vurderere udefra/);
    await assertFineOnEveryScreen(lone.page, "Gennemgang, skriv om et punkt");
    await lone.part("review-text").fill("Teammøde hver tirsdag, fem af seks uger");
    await lone.part("review-save").click();
    await lone.part("review-5").getByText("Teammøde hver tirsdag").waitFor();
    await lone.part("review-count").click();
    await lone.part("review-1").waitFor();
  });

  await step("half a sentence outlives the page it was typed on", async () => {
    await lone.part("review-7").locator("summary").click();
    await lone.part("review-7-write").click();
    await lone.part("review-kind-reading").click();
    const kept = lone.page.waitForResponse((answer) => answer.request().postData()?.includes("To konsulenter er nok") ?? false);
    await lone.part("review-text").fill("To konsulenter er nok");
    await kept;
    await lone.page.reload();
    await lone.part("fidelity").locator("> summary").click();
    await lone.part("review-7").locator("summary").click();
    assert.equal(await lone.part("review-text").inputValue(), "To konsulenter er nok");
    await lone.part("review-save").click();
    await lone.part("review-7").getByText("To konsulenter er nok").waitFor();
    await lone.part("review-5").locator("summary").click();
  });

  await step("the reviewer reads it and what was counted, gives points, and sees no name", async () => {
    exchange();
    await eva.page.reload();
    await eva.part("review-5").locator("summary").click();
    assert.match(await eva.part("review-5").innerText(), /Møde[\s\S]*Teammøde hver tirsdag[\s\S]*Lone Leder/);
    assert.match(await eva.part("fidelity-1").innerText(), /5 af 5[\s\S]*6 borgere på 1,5 konsulenter/);
    assert.doesNotMatch(await eva.part("overview").innerText(), /Amina|O-\d/);
    assert.equal(await eva.part("review-5").locator('[data-test="review-strike"]').count(), 0, "what another wrote");
    await eva.part("review-5-write").click();
    await eva.part("review-kind-points").click();
    await eva.part("review-points-4").click();
    await eva.part("review-text").fill("Ugentlige møder");
    await eva.part("review-save").click();
    await eva.part("fidelity-5").getByText("4 af 5").first().waitFor();
    assert.match(await eva.part("fidelity-band").innerText(), /Intet samlet niveau endnu/);
    await assertFineOnEveryScreen(eva.page, "Gennemgang hos vurderer");
    await assertAccessible(eva.page, "Gennemgang hos vurderer");
  });

  await step("points of two stand side by side; what is struck out can still be read", async () => {
    await lone.part("review-5-write").click();
    await lone.part("review-kind-points").click();
    await lone.part("review-points-2").click();
    await lone.part("review-save").click();
    await lone.part("fidelity-5").getByText("2 af 5").first().waitFor();
    exchange();
    await lone.page.reload();
    await lone.part("fidelity").locator("> summary").click();
    await lone.part("review-5").locator("summary").click();
    await lone.part("fidelity-5").getByText("4 af 5").waitFor();
    assert.match(await lone.part("fidelity-5").innerText(), /^5\. .*\n*–/, "no points while two differ");
    await lone.part("fidelity-5").locator('[data-test="review-said"]').filter({ hasText: "2 af 5" }).locator('[data-test="review-strike"]').click();
    await lone.part("fidelity-5").getByText("Strøget").waitFor();
    assert.match(await lone.part("fidelity-5").innerText(), /^5\. .*\n*4 af 5/);
  });

  await step("a review in a file is shown beside it, and its points become one's own", async () => {
    const file = (to) => `from = "${YEAR}-01-01"\nto = "${to}"\n\n[[scores]]\nitem = 9\npoints = 5\n`;
    const choose = (text) => eva.part("fidelity-chosen").setInputFiles({ name: "gennemgang.toml", mimeType: "text/plain", buffer: Buffer.from(text) });
    await choose(file(`${YEAR}-06-30`));
    await eva.part("fidelity-9").getByText("5 af 5").waitFor();
    await eva.part("fidelity-give").click();
    assert.match(await eva.part("fidelity-wrong").innerText(), new RegExp(`gennemgangen er af 01-01-${YEAR} til 31-12-${YEAR}`, "i"));
    await choose(file(`${YEAR}-12-31`));
    await eva.part("fidelity-give").click();
    await eva.part("fidelity-leave").waitFor({ state: "detached" });
    await eva.part("review-9").locator("summary").click();
    assert.match(await eva.part("review-9").innerText(), /5 af 5[\s\S]*Eva Lund/);
  });

  lone.assertNoErrors();
  eva.assertNoErrors();
});
