import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";
import { WebKit } from "./webkit.js";

const CITIZEN = { number: "ODE-1", name: "Brynhild Kløvermark" };
const NOTE = "Bageren på hjørnet søger en hjælper til rugbrødet, æøå ÆØÅ.";
const WORD = "rugbrødet";

test("the way through a field day in WebKit", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  town.joinAs("aase", town.feltbog("invite", "--name", "Åse Møller", "--role", "consultant").invitation);
  town.feltbog("sync");
  town.feltbogOf("aase", "sync");
  town.feltbogOf("aase", "case", "new", "--number", CITIZEN.number, "--name", CITIZEN.name);
  const webkit = await WebKit.started(t);

  await step("the first screen is there, and the key is out of the address", async () => {
    await webkit.open(await town.open("aase"));
    await webkit.part("today");
    assert.match(await webkit.evaluate("navigator.userAgent"), /AppleWebKit\/(?!537\.36)/, "not Chromium under another name");
    assert.equal(await webkit.evaluate('location.href.includes("token")'), false);
    await assertNothingBeside(webkit);
    await webkit.picture("WebKit, i dag");
  });

  await step("a citizen opens from the list", async () => {
    await webkit.tap("nav-cases");
    await webkit.tap("case-row", { having: CITIZEN.name });
    await webkit.part("case", { having: CITIZEN.name });
    await assertNothingBeside(webkit);
  });

  await step("an entry with a note is logged, and stands in the timeline", async () => {
    await webkit.tap("nav-register");
    await webkit.tap("kind-contact");
    await webkit.tap("minutes-30");
    await webkit.write("note", NOTE);
    await webkit.picture("WebKit, registrér");
    await webkit.tap("save");
    assert.equal(await webkit.attribute("entry", "data-state", { having: NOTE }), "local_only");
    await assertNothingBeside(webkit);
    await webkit.picture("WebKit, borger");
    assert.deepEqual(town.feltbogOf("aase", "show", CITIZEN.number).entries.map(({ note }) => note), [NOTE]);
  });

  await step("a word of it finds it", async () => {
    await webkit.tap("nav-cases");
    await webkit.write("search", WORD);
    assert.match(await webkit.text("hit", { having: WORD }), /Brynhild/);
    await webkit.picture("WebKit, søgning");
    await webkit.tap("hit", { having: WORD });
    await webkit.part("note", { having: NOTE });
  });

  await step("back is the way one came", async () => {
    await webkit.back();
    await webkit.part("hit", { having: WORD });
  });

  await step("what draws is fetched when somebody opens a chart, and draws in the page's own colours", async () => {
    await webkit.tap("nav-more");
    await webkit.tap("more-overview");
    await webkit.part("figure-caseload");
    await webkit.evaluate("void document.querySelector('[data-test=charts] > summary').click()");
    await webkit.part("chart-funnel");
    await webkit.part("chart-caseload", { about: ".//*[local-name() = 'svg']//*[local-name() = 'rect']" });
    const [accent, ...bars] = await webkit.evaluate(
      "[document.querySelector('[data-test=charts] summary'), ...document.querySelectorAll('[data-test=chart-caseload] rect')].map((part, at) => getComputedStyle(part)[at === 0 ? 'color' : 'fill'])",
    );
    assert.ok(bars.includes(accent), `${accent} is none of ${bars}`);
    await assertNothingBeside(webkit);
    await webkit.evaluate("document.querySelector('[data-test=chart-weeks]').scrollIntoView()");
    await webkit.picture("WebKit, tegnet");
  });

  await step("an exchange tells the page that the entry is sent", async () => {
    await webkit.tap("nav-exchange");
    await webkit.tap("exchange-now", { about: '@aria-disabled="false"' });
    await webkit.tap("nav-cases");
    await webkit.write("search", CITIZEN.number);
    await webkit.tap("case-row", { having: CITIZEN.name });
    await webkit.part("entry", { having: NOTE, about: '@data-state="sent"' });
  });
});

async function assertNothingBeside(webkit) {
  const [inner, whole] = await webkit.evaluate("[document.scrollingElement.clientWidth, document.scrollingElement.scrollWidth]");
  assert.ok(whole <= inner, `${whole} px in ${inner}`);
}
