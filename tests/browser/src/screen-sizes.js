import assert from "node:assert/strict";
import { assertAccessible } from "./accessible.js";
import { OUT } from "./browser.js";
import { SCREEN } from "./phone.js";

export const NARROWEST = { width: 320, height: 640 };

/** A common phone, the narrowest there is, and the office. */
const SIZES = [SCREEN, NARROWEST, { width: 1280, height: 800 }];

/** Fails with what axe finds, and with what lies beside the screen, on every size, light and dark. */
export async function assertFineOnEveryScreen(page, where) {
  for (const size of SIZES) {
    await resize(page, size);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await assertAccessible(page, `${where}, ${size.width} px, ${colorScheme}`);
      await page.screenshot({ path: `${OUT}${where} ${size.width} ${colorScheme}.png` });
    }
    await assertNothingBeside(page, `${where}, ${size.width} px`);
    await withLetters(page, "200%", async () => {
      await assertNothingBeside(page, `${where}, ${size.width} px, 200 %`);
      await assertNothingCut(page, `${where}, ${size.width} px, 200 %`);
      await page.screenshot({ path: `${OUT}${where} ${size.width} 200%.png` });
    });
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await resize(page, SCREEN);
}

/** From here on the office has its two panes. */
const WIDE = 900;

/** Gives the page another size, and the page the time to lay itself out for it. */
export async function resize(page, size) {
  await page.setViewportSize(size);
  await page.locator("nav .mark").waitFor({ state: size.width >= WIDE ? "attached" : "detached" });
}

/** As somebody sees it who has set larger letters. */
export async function withLetters(page, size, act) {
  const set = (fontSize) => page.evaluate((size) => void (document.documentElement.style.fontSize = size), fontSize);
  await set(size);
  await act();
  await set("");
}

/** Nobody has to scroll sideways. */
export async function assertNothingBeside(page, where) {
  const wide = await page.evaluate(() =>
    [document.scrollingElement, ...document.querySelectorAll(".pane, dialog[open], dialog[open] > *")]
      .filter((part) => part.scrollWidth > part.clientWidth)
      .map((part) => {
        const beyond = [...part.querySelectorAll("*")].filter((inner) => inner.getBoundingClientRect().right > innerWidth);
        return `${part.scrollWidth} in ${part.clientWidth}: ${beyond.map((inner) => inner.outerHTML.slice(0, 120)).join(" | ")}`;
      }),
  );
  assert.deepEqual(wide, [], where);
}

/** No word is hidden behind the edge of its own box. */
async function assertNothingCut(page, where) {
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main *, nav *, dialog[open] *")]
      .filter((part) => {
        const style = getComputedStyle(part);
        const hides = style.overflowX === "hidden" || style.overflowX === "clip";
        return hides && !part.classList.contains("unseen") && part.textContent.trim() !== "" && part.scrollWidth > part.clientWidth + 1;
      })
      .map((part) => part.outerHTML.slice(0, 160)),
  );
  assert.deepEqual(cut, [], where);
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
