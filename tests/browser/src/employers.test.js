import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { startBrowser } from "./browser.js";
import { Demo } from "./demo.js";
import { Phone } from "./phone.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";
import { inTurn } from "./steps.js";

const OPENING = "Opvasker til brombærkøkkenet";
const CHEF = "Kirsten Tranebær";
const UNIT = "1003456789";

test("the register of employers in the hand", { timeout: 600_000 }, async (t) => {
  const demo = await Demo.start("--small");
  t.after(() => demo.stop());
  const browser = await startBrowser();
  t.after(() => browser.close());
  const aase = await Phone.on(browser, demo.phones.aase.address);
  const step = inTurn(t);
  let cvr;

  await step("whoever is in charge is noted without a network and asked for at the door", async () => {
    await demo.phone("aase", "off");
    await openRegister(aase);
    await aase.part("employer-row").first().click();
    await aase.part("door-register").waitFor();
    cvr = /\d{8}/.exec(await aase.page.evaluate(() => location.hash))[0];
    await aase.part("person-new").click();
    await aase.part("person-name").fill(CHEF);
    await aase.part("person-function").fill("Køkkenchef");
    await aase.part("person-phone").fill("12 34 56 78");
    await aase.part("prefers-sms").click();
    await aase.part("person-in-charge").check();
    await assertFineOnEveryScreen(aase.page, "Ny kontaktperson");
    await aase.part("person-form-save").click();
    await aase.part("ask-for").filter({ hasText: CHEF }).waitFor();
    const reach = aase.part("person").filter({ hasText: CHEF }).locator("a");
    assert.equal(await reach.first().getAttribute("href"), "sms:12345678", "the preferred way first");
  });

  await step("a text that gives somebody away is refused, and nothing typed is lost", async () => {
    await aase.part("opening-new").click();
    await aase.part("opening-text").fill("Tager gerne en fra IPS");
    await aase.part("opening-form-save").click();
    await aase.part("opening-form").getByRole("alert").filter({ hasText: "IPS" }).waitFor();
    assert.equal(await aase.part("opening-text").inputValue(), "Tager gerne en fra IPS");
    await assertFineOnEveryScreen(aase.page, "En åbning, der siger for meget");
  });

  await step("an opening is counted in the list until it is taken", async () => {
    await aase.part("opening-text").fill(OPENING);
    await aase.part("opening-hours").fill("12");
    await aase.part("opening-until").fill("om en uge");
    await aase.part("opening-form-save").click();
    await aase.part("opening").filter({ hasText: OPENING }).waitFor();
    await openRegister(aase);
    await aase.part("with-openings").click();
    await aase.part("row-openings").filter({ hasText: "1 åbning" }).waitFor();
    assert.equal(await aase.part("employer-row").count(), 1);
    await assertFineOnEveryScreen(aase.page, "Virksomheder med åbninger");
    await aase.part("employer-row").click();
    await aase.part("opening-change").click();
    await aase.part("opening-filled").click();
    await aase.part("opening-form-save").click();
    await aase.part("opening").filter({ hasText: "besat" }).waitFor();
    await openRegister(aase);
    await aase.part("with-openings").click();
    await aase.page.getByText("Ingen virksomhed har noget åbent").waitFor();
  });

  await step("a unit is noted by its number, and a visit names it", async () => {
    await openEmployer(aase, cvr);
    await aase.part("unit-new").click();
    await aase.part("unit-number").fill("12");
    await aase.part("unit-name").fill("Filialen");
    await aase.part("unit-form-save").click();
    await aase.part("unit-form").getByRole("alert").filter({ hasText: "ti cifre" }).waitFor();
    await aase.part("unit-number").fill(UNIT);
    await aase.part("unit-form-save").click();
    await aase.part("unit").filter({ hasText: UNIT }).waitFor();
    await assertFineOnEveryScreen(aase.page, "Virksomhed med alt");
    await aase.part("door-register").click();
    await aase.part(`unit-${UNIT}`).click();
    await aase.page.locator('[data-test^="citizen-"]').first().click();
    await aase.part("spoke-with").filter({ hasText: CHEF }).click();
    await aase.part("note").fill("Så tyttebærlageret.");
    await assertFineOnEveryScreen(aase.page, "Registrér i en enhed");
    await aase.part("save").click();
    const entry = aase.part("entry").filter({ hasText: "tyttebærlageret" });
    await entry.waitFor();
    await aase.openEntry(await entry.getAttribute("data-entry"));
    await aase.part("entry-page").filter({ hasText: UNIT }).filter({ hasText: CHEF }).waitFor();
  });

  await step("a company typed on the road is unverified until somebody has looked it up", async () => {
    await aase.goToToday();
    await aase.part("nav-register").click();
    await aase.part("kind-employer_visit").click();
    await aase.page.locator('[data-test^="citizen-"]').first().click();
    await aase.part("new-employer").click();
    await aase.part("employer-cvr").fill(cvr);
    await aase.part("typed-known").waitFor();
    await assertFineOnEveryScreen(aase.page, "Den er i listen");
    await aase.part("employer-name").fill("Blåbærbageriet");
    await aase.part("employer-cvr").fill("10000009");
    await aase.part("save").click();
    await aase.part("entry").filter({ hasText: "Blåbærbageriet" }).waitFor();
    await openEmployer(aase, "10000009");
    await aase.part("unverified").waitFor();
    await assertFineOnEveryScreen(aase.page, "Ikke slået op");
    await aase.part("verify").click();
    await aase.part("unverified").waitFor({ state: "detached" });
  });

  await step("two with the same unit are likely one, are merged with one tap and parted with another, and need not be asked about", async () => {
    await aase.part("unit-new").click();
    await aase.part("unit-number").fill(UNIT);
    await aase.part("unit-form-save").click();
    await aase.part("likely").filter({ hasText: cvr }).waitFor();
    await assertFineOnEveryScreen(aase.page, "Ligner en anden");
    await aase.part("merge").click();
    await aase.part("merged").filter({ hasText: cvr }).waitFor();
    await aase.part("person").filter({ hasText: CHEF }).waitFor();
    await assertFineOnEveryScreen(aase.page, "Slået sammen");
    await aase.part("unmerge").click();
    await aase.part("likely").waitFor();
    assert.equal(await aase.part("person").filter({ hasText: CHEF }).count(), 0);
    await aase.part("part").click();
    await aase.part("likely").waitFor({ state: "detached" });
    await aase.part("apart").filter({ hasText: cvr }).waitFor();
    await assertFineOnEveryScreen(aase.page, "Er en anden");
    await aase.part("compare-again").click();
    await aase.part("likely").waitFor();
    await demo.phone("aase", "on");
  });

  await step("the list is taken as a file, and what another file would do is told before it is read in", async () => {
    await openRegister(aase);
    await aase.part("register-file").locator("summary").click();
    const [file] = await Promise.all([aase.page.waitForEvent("download"), aase.part("register-take").click()]);
    assert.equal(file.suggestedFilename(), "virksomheder.csv");
    const text = await readFile(await file.path(), "utf8");
    assert.ok(text.includes("raekke;cvr;") && text.includes(CHEF));
    await aase.part("register-chosen").setInputFiles(csv(text));
    await aase.part("register-would").filter({ hasText: "intet nyt" }).waitFor();
    assert.equal(await aase.part("register-read-in").count(), 0);
    const rest = ";".repeat(19);
    await aase.part("register-chosen").setInputFiles(csv(`${text}virksomhed;13585628;;Cykelsmeden${rest}\r\nvirksomhed;13585629;;Falsk${rest}\r\n`));
    await aase.part("register-would").filter({ hasText: "1 ny virksomhed" }).filter({ hasText: "1 linje kan ikke læses ind" }).waitFor();
    await assertFineOnEveryScreen(aase.page, "Listen som fil");
    await aase.part("register-read-in").click();
    await aase.part("employer-row").filter({ hasText: "Cykelsmeden" }).waitFor();
    await aase.part("register-chosen").setInputFiles(csv("a;b\n1;2\n"));
    await aase.part("register-wrong").filter({ hasText: "overskrifterne" }).waitFor();
  });

  aase.assertNoErrors();
});

function csv(text) {
  return { name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
}

async function openRegister(phone) {
  await phone.part("nav-more").click();
  await phone.part("more-employers").click();
  await phone.part("employer-row").first().waitFor();
}

async function openEmployer(phone, cvr) {
  await openRegister(phone);
  await phone.part("employers-search").fill(cvr);
  await phone.part("employer-row").click();
  await phone.part("door-register").waitFor();
}
