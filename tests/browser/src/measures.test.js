import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertAccessible } from "./accessible.js";
import { OUT, startBrowser } from "./browser.js";
import { Phone } from "./phone.js";
import { assertFineOnEveryScreen, withLetters } from "./screen-sizes.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

const YEAR = new Date().getFullYear() - 1;
const OWN = `name = "IPS Odense"
source = "Budgetnotat"
track = "psychiatry"
form = "ips"
target_group = "voksne"
caseload_limit = 15

[[published]]
measure = "point_prevalence"
percent = 22
as_of = "${YEAR}-03-31"
says = "22 pct. var i arbejde"

[[targets]]
measure = "ever_started"
at_least_percent = 25
from = "${YEAR}-01-01"
to = "${YEAR}-12-31"
says = "mindst 25 pct. begynder"
`;

test("a leader's programme: targets, charts, fidelity and its own file", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  const { invitation } = town.feltbog("invite", "--name", "Vera Holm", "--role", "consultant");
  town.feltbog("sync");
  town.joinAs("vera", invitation);
  town.feltbog("sync");
  for (const number of ["O-1", "O-2", "O-3"]) {
    town.feltbog("case", "new", "--number", number, "--name", `Bo Bak ${number}`, "--enrolled", `01-02-${YEAR}`);
    town.feltbog("assign", number, "--member", "Vera Holm", "--as", "consultant");
  }
  town.feltbog("log", "O-1", "employer_visit", "--at", `20-02-${YEAR} 10:00`);
  town.feltbog("log", "O-2", "employer_visit", "--at", `20-05-${YEAR} 10:00`);
  town.feltbog("log", "O-1", "employer_visit");
  town.feltbog("log", "O-1", "job_start", "--at", `02-05-${YEAR} 10:00`, "--hours", "12");
  town.feltbog("sync");
  const browser = await startBrowser();
  t.after(() => browser.close());
  const lone = await Phone.on(browser, await town.open());
  const { page } = lone;
  const open = async (part) => lone.part(part).locator("> summary").click();
  const choose = (input, name, text) => lone.part(input).setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  const saved = async (press) => {
    const [file] = await Promise.all([page.waitForEvent("download"), lone.part(press).click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };

  await step("one of the programmes that come with Feltbog is one tap, and can be had undone", async () => {
    await lone.part("nav-more").click();
    await lone.part("more-overview").click();
    await open("programme-file");
    assert.equal(await lone.part("targets").count(), 0);
    await lone.part("shipped-ips-sydhavnen").click();
    await lone.part("target").waitFor();
    assert.match(await lone.part("programme-file-kept").innerText(), /IPS Sydhavnen/);
    await lone.part("programme-file-undo").click();
    await lone.part("target").waitFor({ state: "detached" });
  });

  await step("a file that is none is refused in words, in both languages, and what was there stays", async () => {
    await choose("programme-file-chosen", "eget.toml", OWN);
    await lone.part("target").waitFor();
    await choose("programme-file-chosen", "forkert.toml", OWN.replace("ever_started", "ever_starting"));
    assert.match(await lone.part("programme-file-wrong").innerText(), /linje 15 nævner målet "ever_starting".*gælder stadig/);
    await page.evaluate(() => localStorage.setItem("feltbog.settings", JSON.stringify({ language: "en", initialsOnly: false })));
    await page.reload();
    await lone.part("target").waitFor();
    await open("programme-file");
    await choose("programme-file-chosen", "wrong.toml", OWN.replace("ever_started", "ever_starting"));
    assert.match(await lone.part("programme-file-wrong").innerText(), /Line 15 of the programme's file names the measure/);
    await page.evaluate(() => localStorage.removeItem("feltbog.settings"));
    await page.reload();
    await lone.part("target").waitFor();
  });

  await step("a target stands with its measure, its days, where it came from, and what it is not held against", async () => {
    const target = lone.part("target");
    assert.equal(await target.getAttribute("data-standing"), "reached");
    assert.equal(await lone.part("target-standing").innerText(), "Nået: 1 af 3.");
    const said = await lone.part("targets").innerText();
    for (const words of ["Har begyndt i job eller uddannelse", "33,3 %", "mindst 25 %", `01-01-${YEAR} til 31-12-${YEAR}`, "mindst 25 pct. begynder", "Kilde: Budgetnotat"]) {
      assert.ok(said.includes(words), `${words}: ${said}`);
    }
    assert.match(await lone.part("target-apart").innerText(), /det ene er en status på én dag/);
    await assertFineOnEveryScreen(page, "Programmets mål");
  });

  await step("the file comes out as it went in, and the status on one page as a PDF", async () => {
    await open("programme-file");
    const file = await saved("programme-file-take");
    assert.equal(file.bytes.toString(), OWN);
    const paper = await saved("targets-paper");
    assert.equal(paper.name, "status.pdf");
    assert.equal(paper.bytes.subarray(0, 5).toString(), "%PDF-");
    const sheet = await saved("overview-csv");
    assert.match(sheet.bytes.toString(), /ever_started/);
    await open("programme-file");
  });

  await step("the leader writes the region's file, and sees the fingerprint that is given by hand", async () => {
    const file = await saved("for-region-write");
    const text = JSON.parse(file.bytes.toString());
    assert.match(file.name, /^tal-til-regionen-\d{4}-\d{2}-\d{2}\.json$/);
    assert.ok(text.figures.figures.every((figure) => figure.above % 5 === 0 && (figure.below ?? 0) % 5 === 0));
    assert.match(await lone.part("for-region-fingerprint").innerText(), /^([0-9a-f]{8} ?){8}$/);
    await lone.part("for-region").evaluate((part) => part.scrollIntoView());
    await assertFineOnEveryScreen(page, "Tal til regionen");
  });

  await step("a survey among job centres is counted from a file, the two counts apart, with its municipalities on tiles", async () => {
    const head = "enhed;svar;viden;viden_fra;grunde\r\n";
    await open("survey");
    await choose("survey-chosen", "foto.csv", "navn;svar\r\nA;ja\r\n");
    assert.match(await lone.part("survey-wrong").innerText(), /enhed, svar, viden/);
    const lines = ["Jobcenter Slagelse;ja;;;", "Ringsted;;ja;netværk;", "Tårnby-Dragør;nej;;;udgifter", "Køge;;;;", "Jobcenter 01;nej;;;mentor", "Greve;måske;;;"];
    await choose("survey-chosen", "svar.csv", head + lines.join("\r\n"));
    await lone.part("survey-map").locator("svg.drawn").waitFor();
    assert.equal(await lone.part("survey-wrong").count(), 0);
    assert.match(await lone.part("survey-rate").innerText(), /^3 af 5 enheder svarede, svarprocent 60\.$/);
    assert.match(await lone.part("survey-alone").innerText(), /1 arbejder med IPS, 2 gør ikke, 2 svarede ikke/);
    assert.match(await lone.part("survey-other").innerText(), /2 arbejder med IPS, 2 gør ikke, 1 ved ingen/);
    assert.match(await lone.part("survey-nowhere").innerText(), /Jobcenter 01/);
    assert.match(await lone.part("survey-refused").innerText(), /^1 linje er ikke talt med/);
    await lone.part("survey-map").locator("summary").click();
    const rows = await lone.part("survey-map").locator("tbody tr").evaluateAll((all) => all.map((row) => row.innerText.split(/\s*\t\s*/)));
    const says = new Map(rows);
    assert.equal(says.size, 98);
    assert.deepEqual(["Slagelse", "Ringsted", "Dragør", "Køge", "Hjørring"].map((name) => says.get(name)), ["svarede ja", "ja, kendt uden svar", "svarede nej", "spurgt, men ingen ved det", "ikke med i undersøgelsen"]);
    await lone.part("survey-map").locator("summary").click();
    assert.match(await lone.part("survey-legend").innerText(), /svarede nej: 2/);
    await lone.part("survey-rate").evaluate((part) => part.scrollIntoView());
    await assertFineOnEveryScreen(page, "Undersøgelse blandt jobcentre");
    await lone.part("survey-against").click();
    await lone.part("survey-unlike").first().waitFor();
    assert.match(await lone.part("survey-unlike").first().innerText(), /Teksten siger 94 for enheder, men delene giver 5/);
    const sheet = await saved("survey-sheet");
    assert.match(sheet.bytes.toString(), /Tårnby-Dragør;nej;;;udgifter;;;;;;Dragør, Tårnby;svarede nej/);
    await open("survey");
  });

  await step("charts are drawn, each with the same numbers as a table", async () => {
    await open("charts");
    for (const chart of ["funnel", "weeks", "waits", "caseload"]) {
      await lone.part(`chart-${chart}`).locator("svg.drawn").waitFor();
      await lone.part(`chart-${chart}`).locator("summary").click();
    }
    const numbers = async (chart) => lone.part(`chart-${chart}`).locator("tbody tr").evaluateAll((rows) => rows.map((row) => Number(row.lastElementChild.textContent)));
    assert.deepEqual(await numbers("funnel"), [3, 2, 1, 1]);
    assert.deepEqual(await numbers("waits"), [1, 0, 1, 0, 0, 1]);
    assert.deepEqual(await numbers("caseload"), [3]);
    const weeks = await lone.part("chart-weeks").locator("tbody tr").evaluateAll((rows) => rows.map((row) => row.innerText.split(/\s*\t\s*/)));
    assert.equal(weeks.length, 26, "the newest half year");
    assert.deepEqual(weeks.at(-1).slice(1), ["1", "2", "0,5"]);
    assert.match(await lone.part("chart-caseload").innerText(), /Stregen er 15 \(programmets egen fil\)/);
    await lone.part("chart-funnel").evaluate((part) => part.scrollIntoView());
    await assertFineOnEveryScreen(page, "Diagrammer");
    for (const chart of ["funnel", "weeks", "waits", "caseload"]) await lone.part(`chart-${chart}`).locator("summary").click();
    await lone.part("chart-weeks").evaluate((part) => part.scrollIntoView());
    await assertFineOnEveryScreen(page, "Diagrammer uden tal");
    await withLetters(page, "200%", async () => {
      await lone.part("chart-funnel").evaluate((part) => part.scrollIntoView());
      await page.screenshot({ path: `${OUT}Diagrammer med store bogstaver.png` });
    });
    await open("charts");
  });

  await step("the scale counts six items, leaves the others to people, and names no band before all are scored", async () => {
    await open("fidelity");
    await lone.part("fidelity-25").waitFor();
    assert.match(await lone.part("fidelity-band").innerText(), /Intet samlet niveau endnu/);
    assert.match(await lone.part("fidelity-1").innerText(), /5 af 5[\s\S]*3 borgere på 1 konsulent/);
    assert.match(await lone.part("fidelity-2").innerText(), /Skal vurderes af mennesker/);
    const form = (await saved("fidelity-form")).bytes.toString();
    assert.equal(form.match(/# item = /g).length, 19, "what entries tell is not asked of people");
    const scores = Array.from({ length: 25 }, (_, at) => `[[scores]]\nitem = ${at + 1}\npoints = 4\n`).join("");
    await choose("fidelity-chosen", "gennemgang.toml", `${form}\n${scores}`);
    await lone.part("fidelity-band").filter({ hasText: "Samlet" }).waitFor();
    await choose("fidelity-chosen", "forkert.toml", form.replace(/from = .*/, "from = 5"));
    await lone.part("fidelity-wrong").filter({ hasText: /Gennemgangens fil kan ikke læses fra linje 3/ }).waitFor();
    await lone.part("fidelity").evaluate((part) => part.scrollIntoView());
    await assertFineOnEveryScreen(page, "Modeltrofasthed");
    await open("fidelity");
  });

  await step("the programme's file on every screen", async () => {
    await open("programme-file");
    await lone.part("programme-file").evaluate((part) => part.scrollIntoView());
    await assertFineOnEveryScreen(page, "Programmets egen fil");
    await assertAccessible(page, "Overblik");
  });

  await step("a consultant reads the targets and changes nothing", async () => {
    town.feltbog("sync");
    town.feltbogOf("vera", "sync");
    const vera = await Phone.on(browser, await town.open("vera"));
    await vera.part("nav-more").click();
    await vera.part("more-overview").click();
    await vera.part("target").waitFor();
    assert.equal(await vera.part("target").getAttribute("data-standing"), "own_only");
    assert.equal(await vera.part("target").locator(".bar").count(), 0, "no line that her own citizens reach or do not");
    await vera.part("programme-file").locator("> summary").click();
    await vera.part("programme-file-take").waitFor();
    assert.equal(await vera.part("programme-file-choose").count(), 0);
    vera.assertNoErrors();
  });

  lone.assertNoErrors();

  await step("who leads two programmes chooses which one is looked at", async () => {
    town.feltbog("programme", "IPS Vest");
    await page.reload();
    await lone.part("programme-IPS Vest").click();
    await page.waitForFunction(() => document.querySelector('[data-test="overview-scope"]')?.textContent?.includes("IPS Vest"));
    assert.equal(await lone.part("figure-ever_started").locator('[data-test="figure-value"]').innerText(), "–");
    assert.equal(await lone.part("targets").count(), 0);
    await open("programme-file");
    await lone.part("shipped-ips-sydhavnen").click();
    await lone.part("target").first().waitFor();
    const first = (await page.locator('[data-test^="programme-IPS"]').allInnerTexts()).find((name) => name !== "IPS Vest");
    await lone.part(`programme-${first}`).click();
    await page.waitForFunction((name) => document.querySelector('[data-test="overview-scope"]')?.textContent?.includes(name), first);
    assert.match(await lone.part("targets").innerText(), /mindst 25 pct\. begynder/, "each has its own file");
    assert.equal(await lone.part("programme-file-undo").count(), 0);
    await assertFineOnEveryScreen(page, "Overblik over to programmer");
  });
});
