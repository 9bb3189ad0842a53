import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { Stage } from "./stage.js";

const CITIZEN = "SYD-0001";
const THERAPIST = "Birgit Tangløber";
const SISTER = "Else Havkarse";
const TEXTED = "Vi skrev sammen på sms.";
const HARMLESS = "Husk dit cv";
const TELLING = "Tal om metadon";
/** What a thumb hits. */
const TOUCH = 44;

test("the people around a citizen, a call, a reminder and the file that leaves", { timeout: 600_000 }, async (t) => {
  const stage = await Stage.set(t);
  const { aase, erik, step } = stage;
  await aase.page.clock.install();
  await withoutTelephone(aase.page);

  await step("a therapist and a sister are noted, and reached the way they prefer", async () => {
    await openPeople(aase);
    await aase.part("person-add").click();
    await aase.part("person-save").click();
    await aase.part("people").getByRole("alert").filter({ hasText: "Skriv et navn" }).waitFor();
    await fill(aase, { name: THERAPIST, relation: "psykolog", organisation: "Privat praksis", email: "birgit@example.dk" });
    await aase.part("person-phone").fill("ring bare");
    await aase.part("person-save").click();
    await aase.part("people").getByRole("alert").filter({ hasText: "telefonnummer" }).waitFor();
    assert.equal(await aase.part("person-name").inputValue(), THERAPIST, "nothing typed is lost");
    await assertFineOnEveryScreen(aase.page, "En person omkring borgeren");
    await fill(aase, { phone: "87 65 43 21" });
    await save(aase);
    await aase.part("person-add").click();
    await fill(aase, { name: SISTER, relation: "søster", phone: "+45 12 34 56 78", note: "Efter kl. 16" });
    await aase.part("person-contact_by").selectOption("sms");
    await save(aase);
    const sister = person(aase, SISTER);
    assert.match(await sister.innerText(), /søster · \+45 12 34 56 78 · helst via sms · Efter kl\. 16/);
    assert.equal(await sister.locator("a").first().getAttribute("href"), "sms:+4512345678", "the preferred way first");
    assert.equal(await person(aase, THERAPIST).locator("a").first().getAttribute("href"), "tel:87654321");
    await assertForThumbs(sister.locator("a, button"));
    await assertFineOnEveryScreen(aase.page, "Omkring borgeren");
  });

  await step("who is around no more stays to be seen, and is no longer called", async () => {
    await person(aase, THERAPIST).locator('[data-test="person-change"]').click();
    await aase.part("person-around").click();
    await aase.part("person-around").waitFor({ state: "detached" });
    await person(aase, THERAPIST).filter({ hasText: "Ikke omkring borgeren siden" }).waitFor();
    assert.equal(await person(aase, THERAPIST).locator("a").count(), 0);
    assert.match(await aase.part("person").last().innerText(), new RegExp(THERAPIST), "last");
    await aase.part("people").getByText("Omkring borgeren (1)").waitFor();
  });

  await step("a citizen is written to from the list, and two taps log it, also after the door has locked", async () => {
    assert.equal(await aase.part("reminder").count(), 0, "nobody is reminded without a number");
    await aase.part("plan").locator("summary").click();
    await aase.part("plan-edit").click();
    await aase.part("plan-phone").fill("12 34 56 78");
    await aase.part("plan-contact_by").selectOption("sms");
    await aase.part("plan-save").click();
    await aase.part("plan-save").waitFor({ state: "detached" });
    await aase.part("nav-cases").click();
    const reach = aase.part("reach-call");
    assert.equal(await reach.getAttribute("href"), "sms:12345678");
    await assertForThumbs(reach);
    await reach.click();
    await aase.part("reach-how").waitFor();
    await assertForThumbs(aase.part("reach-how").locator("button"));
    await assertFineOnEveryScreen(aase.page, "Hvordan gik det");
    await stage.lockAndUnlock(aase);
    await aase.part("reach-spoke").click();
    await aase.part("reach-how").waitFor({ state: "detached" });
    await aase.openCase(CITIZEN);
    await aase.part("entry").filter({ hasText: TEXTED }).waitFor();
  });

  await step("nobody answered, or it is nobody's business yet", async () => {
    await aase.part("nav-cases").click();
    await aase.part("reach-call").click();
    await aase.part("reach-not").click();
    await aase.part("reach-how").waitFor({ state: "detached" });
    await aase.part("reach-call").click();
    await aase.part("reach-none").click();
    await aase.part("reach-how").waitFor({ state: "detached" });
    await aase.openCase(CITIZEN);
    await aase.part("entry").filter({ has: aase.page.locator("h3", { hasText: "Ikke truffet" }) }).first().waitFor();
    assert.equal(await aase.part("entry").filter({ hasText: TEXTED }).count(), 1);
  });

  await step("a reminder says when, and no word that gives the citizen away", async () => {
    await aase.register({ kind: "contact", minutes: 15, note: "Aftalte noget harmløst.", step: { day: "om 2 uger", text: HARMLESS } });
    await aase.part("reminder-ask").click();
    await aase.part("reminder-text").filter({ hasText: HARMLESS }).waitFor();
    assert.equal(await aase.part("reminder-withheld").count(), 0);
    await aase.register({ kind: "contact", minutes: 15, note: "Aftalte noget andet.", step: { day: "om en uge", text: TELLING } });
    await aase.part("reminder-ask").click();
    await aase.part("reminder-withheld").filter({ hasText: "Aftalens egne ord er udeladt" }).waitFor();
    const said = await aase.part("reminder-text").innerText();
    assert.match(said, /^Hej\. Husk vores aftale den \d/);
    const body = decodeURIComponent((await aase.part("reminder-send").getAttribute("href")).replace("sms:12345678?body=", ""));
    assert.equal(body, said, "what is seen is what is sent");
    for (const word of ["metadon", "Marianne", "IPS"]) assert.ok(!body.includes(word), word);
    await assertForThumbs(aase.part("reminder").locator("a, button"));
    await assertFineOnEveryScreen(aase.page, "Påmindelse");
  });

  await step("the case is taken out on paper, and the name stands in no list of downloads", async () => {
    await aase.part("case-more").locator("summary").click();
    for (const [part, file, begins] of [["take-out-pdf", `${CITIZEN}.pdf`, "%PDF-"], ["take-out-json", `${CITIZEN}.json`, "{"]]) {
      const coming = aase.page.waitForEvent("download");
      await aase.part(part).click();
      const download = await coming;
      assert.equal(download.suggestedFilename(), file);
      assert.ok((await readFile(await download.path(), "latin1")).startsWith(begins), file);
    }
    await aase.part("take-out").getByText("Gennemgå").waitFor();
    await assertForThumbs(aase.part("take-out").locator("button"));
    await assertFineOnEveryScreen(aase.page, "Tag sagen ud");
  });

  await step("the other side has no word of them, and takes out its own", async () => {
    await aase.exchange();
    await erik.exchange();
    await erik.openCase(CITIZEN);
    assert.equal(await erik.part("people").count(), 0);
    assert.equal(await erik.part("reminder").count(), 0);
    assert.doesNotMatch(await erik.part("case").innerText(), new RegExp(`${SISTER}|${THERAPIST}`));
    const coming = erik.page.waitForEvent("download");
    await erik.part("take-out-pdf").click();
    assert.equal((await coming).suggestedFilename(), `${CITIZEN}.pdf`);
    await assertFineOnEveryScreen(erik.page, "Behandlingens side af sagen");
  });

  await step("the same in English", async () => {
    await aase.part("nav-more").click();
    await aase.part("language-en").click();
    await openPeople(aase);
    await aase.part("people").getByText("Around the citizen (1)").waitFor();
    await aase.part("reminder-ask").click();
    await aase.part("reminder-withheld").filter({ hasText: "The appointment's own words are left out" }).waitFor();
    await aase.part("case-more").locator("summary").click();
    await aase.part("take-out").getByText("Take the case out").waitFor();
    await assertFineOnEveryScreen(aase.page, "Around the citizen");
  });

  stage.assertNoErrors();
});

/** A browser that has no telephone asks over the page what to open the number with, and lets nobody touch the page meanwhile. */
async function withoutTelephone(page) {
  await page.evaluate(() =>
    document.addEventListener("click", (event) => {
      if (event.target.closest('a[href^="tel:"], a[href^="sms:"]')) event.preventDefault();
    }),
  );
}

async function openPeople(phone) {
  await phone.openCase(CITIZEN);
  await phone.part("people").locator("summary").click();
}

async function fill(phone, fields) {
  for (const [field, typed] of Object.entries(fields)) await phone.part(`person-${field}`).fill(typed);
}

async function save(phone) {
  await phone.part("person-save").click();
  await phone.part("person-save").waitFor({ state: "detached" });
}

function person(phone, name) {
  return phone.part("person").filter({ hasText: name });
}

async function assertForThumbs(parts) {
  assert.ok((await parts.count()) > 0);
  for (const part of await parts.all()) {
    const { width, height } = await part.boundingBox();
    assert.ok(width >= TOUCH && height >= TOUCH, `${await part.innerText()}: ${width} x ${height}`);
  }
}
