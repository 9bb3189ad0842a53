// The page for those who run the server: nobody gets in without the password, and what it shows fits every screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible } from "./accessible.js";
import { DENMARK, OUT, startBrowser } from "./browser.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";

const SIZES = [
  { width: 360, height: 740 },
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
];

test("IT looks at the server in a browser", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  town.feltbog("sync");
  const browser = await startBrowser();
  t.after(() => browser.close());
  const context = await browser.newContext({ viewport: SIZES[0], ...DENMARK });
  const page = await context.newPage();
  const admin = `${town.server}/admin`;

  const assertFine = async (where) => {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await assertAccessible(page, `${where}, ${size.width} px, ${colorScheme}`);
        await page.screenshot({ path: `${OUT}${where} ${size.width} ${colorScheme}.png`, fullPage: true });
      }
      const beside = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(beside <= 0, `${where}: ${beside} px lie beside the screen at ${size.width}`);
    }
    await page.setViewportSize(SIZES[0]);
  };

  await step("before a password is made there is no page", async () => {
    assert.equal((await context.request.get(admin)).status(), 404);
  });

  await step("it asks for the password, in Danish, and says so when it is another", async () => {
    town.adminPassword();
    await page.goto(admin);
    assert.equal(await page.locator("html").getAttribute("lang"), "da");
    await page.getByLabel("Adgangskode").fill("forkert");
    await page.getByRole("button", { name: "Log ind" }).click();
    await page.getByRole("alert").filter({ hasText: "Adgangskoden passer ikke." }).waitFor();
    await assertFine("Serverens login");
  });

  await step("behind it stand the device, what is wrong and what to do, and nobody's name", async () => {
    await page.getByLabel("Adgangskode").fill(town.adminPassword());
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Odense Kommune" }).waitFor();
    const shown = await page.locator("main").innerText();
    const { device } = town.feltbog("status");
    for (const there of [device, "Der er aldrig taget backup.", "feltbog-server backup", "build "]) assert.ok(shown.includes(there), there);
    for (const hidden of ["Lone", "IPS Odense"]) assert.ok(!shown.includes(hidden), hidden);
    await assertFine("Serverens side");
  });

  await step("it is there in English, and nothing of it runs or is kept by the browser", async () => {
    await page.getByRole("link", { name: "In English" }).click();
    await page.getByRole("heading", { name: "How is it?" }).waitFor();
    const [session, ...more] = await context.cookies(admin);
    assert.deepEqual([session.httpOnly, session.sameSite, more], [true, "Strict", []]);
    assert.equal(await page.evaluate(() => document.scripts.length + localStorage.length), 0);
  });

  await step("logged out, the way back shows nothing", async () => {
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("status").filter({ hasText: "You are logged out." }).waitFor();
    await page.goBack();
    await page.getByLabel("Password").waitFor();
    assert.equal(await page.getByRole("heading", { name: "Odense Kommune" }).count(), 0);
  });
});
