import assert from "node:assert/strict";
import { assertAccessible } from "./accessible.js";
import { OUT } from "./browser.js";
import { SCREEN } from "./phone.js";

/** A common phone, the narrowest there is, and the office. */
const SIZES = [SCREEN, { width: 320, height: 640 }, { width: 1280, height: 800 }];

/** Fails with what axe finds, and with what lies beside the screen, on every size, light and dark. Draws each. */
export async function assertFineOnEveryScreen(page, where) {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await assertAccessible(page, `${where}, ${size.width} px, ${colorScheme}`);
      await page.screenshot({ path: `${OUT}${where} ${size.width} ${colorScheme}.png` });
    }
    await assertNothingBeside(page, `${where}, ${size.width} px`);
  }
  await page.setViewportSize(SCREEN);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Nobody has to scroll sideways. */
export async function assertNothingBeside(page, where) {
  const wide = await page.evaluate(() =>
    [document.scrollingElement, ...document.querySelectorAll(".pane, dialog[open]")]
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map((part) => `${part.tagName}.${part.className}: ${part.scrollWidth} in ${part.clientWidth}`),
  );
  assert.deepEqual(wide, [], where);
}

/** The places of the bottom navigation, as they lie on the screen. */
export async function navPlaces(page) {
  return page.locator('nav a[data-test^="nav-"]').evaluateAll((links) =>
    links.map((link) => {
      const { top, left, right, bottom, height } = link.getBoundingClientRect();
      return { name: link.textContent.trim(), top, left, right, bottom, height, hidden: link.scrollWidth > link.clientWidth };
    }),
  );
}
