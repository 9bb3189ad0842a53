// Draws the demo in the middle of a field day, for the README: `picture.js FILE`.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DENMARK, startBrowser } from "./browser.js";
import { Demo } from "./demo.js";
import { Phone } from "./phone.js";

const CITIZEN = "SYD-0001";
const VISIT = "De mangler en afløser om eftermiddagen og vil gerne møde hende.";

const demo = await Demo.start();
const browser = await startBrowser();
try {
  await draw(process.argv[2]);
} finally {
  await browser.close();
  await demo.stop();
}

async function draw(file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...DENMARK });
  await page.goto(demo.page);
  const [aase, erik] = ["aase", "erik"].map((key) => new Phone(page.frameLocator(`[data-test="phone-${key}"] iframe`), []));
  await aase.openCase(CITIZEN);
  const meeting = await aase.part("entry").first().getAttribute("data-entry");
  await aase.openEntry(meeting);
  await aase.addToNote("Hun kan begynde torsdag, hvis det passer med behandlingen.");
  await aase.exchange();
  await erik.exchange();
  await erik.openCase(CITIZEN);
  await erik.openEntry(meeting);
  await erik.addToNote("Det passer: vi flytter tiden til fredag.");
  await erik.exchange();
  await aase.exchange();
  await page.locator('[data-test="network-aase"]').click();
  await aase.openCase(CITIZEN);
  const visit = await aase.register({ kind: "employer_visit", minutes: 45, outcome: "interested", note: VISIT, employer: true });
  await erik.openCase(CITIZEN);
  await erik.openEntry(meeting);
  await aase.entry(visit).evaluate((entry) => entry.scrollIntoView({ block: "center" }));
  await erik.part("edit-note").evaluate((button) => button.scrollIntoView({ block: "end" }));
  for (const phone of [aase, erik]) await phone.part("notice").locator("p").waitFor({ state: "detached" });
  await page.locator('[data-test="word"]').fill("torsdag");
  await page.locator('[data-test="search"]').click();
  await page.locator('[data-test="found"] strong').waitFor();
  await mkdir(dirname(file), { recursive: true });
  await page.screenshot({ path: file });
}
