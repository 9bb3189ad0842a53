import assert from "node:assert/strict";
import { test } from "node:test";
import { Stage } from "./stage.js";
import { assertFineOnEveryScreen } from "./screen-sizes.js";

const CITIZEN = "SYD-0001";
const HALF = "Brombærhegnet skal kun";

test("what is half typed", { timeout: 900_000 }, async (t) => {
  const stage = await Stage.set(t);
  const { demo, aase, step } = stage;
  await aase.page.clock.install();

  /** Each form: how it is reached, and its fields. */
  const forms = {
    "the fields of an entry": {
      reach: () => openNewestOwn(aase),
      begin: ["change-fields"],
      fields: { "change-place": HALF, "change-minutes": "35" },
      cancel: "change-cancel",
    },
    "the number in the journal": { reach: () => openNewestOwn(aase), begin: [], fields: { "journal-field": HALF }, cancel: null },
    "the vocational profile": {
      reach: () => openPlan(aase),
      begin: ["plan-edit"],
      fields: { "plan-plan": HALF, "plan-phone": "12 34" },
      cancel: "plan-cancel",
    },
    "a person around the citizen": {
      reach: () => openPeople(aase),
      begin: ["person-add"],
      fields: { "person-name": HALF, "person-phone": "12 34" },
      cancel: "person-cancel",
    },
    "a consent": { reach: () => openMore(aase), begin: ["change-consent", "consent-støttebehov"], fields: { "consent-until": HALF }, cancel: "change-consent" },
    "how a case ends": { reach: () => openMore(aase), begin: ["end-case", "end-moved"], fields: { "end-beside": HALF }, cancel: "end-case" },
    "what may be said": {
      reach: () => openDoor(aase),
      begin: ["disclose", "disclose-agreed"],
      fields: { "may-say": HALF, "may-not-say": "intet" },
      cancel: "disclose-cancel",
    },
    "a new citizen": {
      reach: () => openNewCitizen(aase),
      begin: [],
      fields: { "citizen-name": HALF, "citizen-wish": "gartner", "citizen-number": "SYD-9" },
      cancel: null,
    },
  };

  for (const [name, { reach, begin, fields, cancel }] of Object.entries(forms)) {
    await step(`${name}: a lock loses no word, nobody leaves unasked, and only a hand throws away`, async () => {
      await reach();
      for (const tap of begin) await aase.part(tap).click();
      await fill(aase, fields);
      await stage.lockAndUnlock(aase);
      await assertFilled(aase, fields);
      await aase.part("nav-today").click();
      await aase.part("leave-stay").click();
      await assertFilled(aase, fields);
      if (cancel) await aase.part(cancel).click();
      else await aase.part("nav-today").click();
      await aase.part("leave-drop").click();
      await aase.goToToday();
      assert.equal(await aase.part("unfinished").count(), 0, "it was thrown away");
      await reach();
      for (const tap of begin) await aase.part(tap).click();
      for (const [field, typed] of Object.entries(fields)) assert.notEqual(await aase.part(field).inputValue(), typed, field);
      await aase.part("nav-today").click();
      // A choice that was made on the way in is something to lose as well.
      if (begin.length > 1) await aase.part("leave-drop").click();
      await aase.part("today").waitFor();
    });
  }

  await step("Escape closes the sheet that lies on top, and what is begun behind it stays", async () => {
    const plan = { "plan-plan": HALF };
    await openPlan(aase);
    await aase.part("plan-edit").click();
    await fill(aase, plan);
    await aase.part("case-more").locator("summary").click();
    await aase.part("supervision").click();
    await aase.part("supervision-sheet").waitFor();
    await aase.page.keyboard.press("Escape");
    await aase.part("supervision-sheet").waitFor({ state: "hidden" });
    assert.equal(await aase.part("leave").count(), 0, "nobody is leaving");
    await assertFilled(aase, plan);
    // Nothing lies on top any more: now it goes back, and asks.
    await aase.page.keyboard.press("Escape");
    await aase.part("leave").waitFor();
    await aase.page.keyboard.press("Escape");
    await aase.part("leave").waitFor({ state: "detached" });
    await assertFilled(aase, plan);
    await aase.part("nav-today").click();
    await aase.part("leave-drop").click();
    await aase.part("today").waitFor();
  });

  await step("what is saved is saved once, however often it is pressed, and who leaves meanwhile is not asked", async () => {
    const text = "Kun én gang.";
    let answer;
    const answered = new Promise((resume) => (answer = resume));
    const slowly = async (route) => {
      if (route.request().postData()?.includes('"from_draft"')) await answered;
      await route.continue();
    };
    await aase.page.route("**/call", slowly);
    await openNewestOwn(aase);
    await aase.part("addendum").click();
    await fill(aase, { "mark-text": text });
    for (let press = 0; press < 3; press += 1) await aase.part("mark-save").click();
    await aase.part("nav-cases").click();
    answer();
    await aase.part("case-row").first().waitFor();
    await aase.page.unroute("**/call", slowly);
    assert.equal(await aase.part("leave").count(), 0);
    await aase.openCase(CITIZEN);
    await aase.part("entry").filter({ hasText: text }).first().waitFor();
    assert.equal(await aase.part("entry").filter({ hasText: text }).count(), 1);
  });

  await step("a flat battery in the middle of four forms costs no word, and today says where they are", async () => {
    const plan = { "plan-plan": HALF, "plan-strengths": "stædig" };
    const citizen = { "citizen-name": HALF };
    await openPlan(aase);
    await aase.part("plan-edit").click();
    await fillAndKeep(aase, plan);
    await aase.part("nav-cases").click();
    await aase.part("leave-drop").click();
    await openPlan(aase);
    await aase.part("plan-edit").click();
    // Other words than those that were thrown away: the same ones would be kept already, and nothing would be told.
    const again = { ...plan, "plan-strengths": "udholdende" };
    await fillAndKeep(aase, again);
    await aase.open((await demo.phone("aase", "lose-power")).frame);
    await aase.part("unfinished-row").filter({ hasText: "Erhvervsprofil" }).click();
    await assertFilled(aase, again);
    await aase.part("plan-save").click();
    await aase.part("plan-save").waitFor({ state: "detached" });

    const person = { "person-name": HALF, "person-note": "efter kl. 16" };
    await openPeople(aase);
    await aase.part("person-add").click();
    await fillAndKeep(aase, person);
    await aase.open((await demo.phone("aase", "lose-power")).frame);
    await aase.part("unfinished-row").filter({ hasText: "Person omkring borgeren" }).click();
    await assertFilled(aase, person);
    await aase.part("person-save").click();
    await aase.part("person").filter({ hasText: HALF }).waitFor();

    await openNewCitizen(aase);
    await fillAndKeep(aase, citizen);
    await aase.part("nav-today").click();
    await aase.part("leave-keep").click();
    await aase.part("nav-register").click();
    await aase.part("kind-employer_visit").click();
    await fillAndKeep(aase, { note: HALF });
    await aase.open((await demo.phone("aase", "lose-power")).frame);
    await assertFineOnEveryScreen(aase.page, "Begyndt, ikke gemt");
    await aase.part("unfinished-row").filter({ hasText: "Ny borger" }).click();
    await assertFilled(aase, citizen);
    await aase.part("nav-today").click();
    await aase.part("leave-drop").click();
    await aase.part("unfinished-row").filter({ hasText: "Registrering" }).click();
    await assertFilled(aase, { note: HALF });
    assert.equal(await aase.part("kind-employer_visit").getAttribute("aria-pressed"), "true");
    await aase.part("close").click();
    await aase.part("leave-drop").click();
    await aase.goToToday();
    assert.equal(await aase.part("unfinished").count(), 0);
  });

  stage.assertNoErrors();
});

async function openNewestOwn(phone) {
  await phone.openCase(CITIZEN);
  await phone.part("entry").first().locator("h3 a").click();
  await phone.part("change-fields").waitFor();
}

async function openPlan(phone) {
  await phone.openCase(CITIZEN);
  await phone.part("plan").locator("summary").click();
}

async function openPeople(phone) {
  await phone.openCase(CITIZEN);
  await phone.part("people").locator("summary").click();
}

async function openMore(phone) {
  await phone.openCase(CITIZEN);
  await phone.part("case-more").locator("summary").click();
}

async function openNewCitizen(phone) {
  await phone.part("nav-cases").click();
  await phone.part("new-citizen-link").click();
  await phone.part("citizen-name").waitFor();
}

async function openDoor(phone) {
  await phone.openCase(CITIZEN);
  await phone.part("nav-register").click();
  await phone.part("kind-employer_visit").click();
  await phone.firstEmployer().click();
  await phone.part("at-the-door").click();
  await phone.part("leave-drop").click();
  await phone.part("may-be-said").waitFor();
}

async function fill(phone, fields) {
  for (const [field, typed] of Object.entries(fields)) await phone.part(field).fill(typed);
}

/** Fills a form, and waits until the core has its last word. */
async function fillAndKeep(phone, fields) {
  const last = Object.values(fields).at(-1);
  const kept = phone.page.waitForResponse((answer) => {
    const asked = answer.request().postData() ?? "";
    return asked.includes('"keep_draft"') && asked.includes(last);
  });
  await fill(phone, fields);
  await kept;
}

async function assertFilled(phone, fields) {
  for (const [field, typed] of Object.entries(fields)) {
    await phone.part(field).waitFor();
    assert.equal(await phone.part(field).inputValue(), typed, field);
  }
}
