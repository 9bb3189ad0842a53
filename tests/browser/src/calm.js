import assert from "node:assert/strict";

/** Below this nobody sees anything move. */
const MOST_SHIFT = 0.01;

/** The page keeps here which answer it is to get last. */
const LAST = "test-answered-last";

/**
 * Measures from now on, in every page of this context, what moves by itself and what is still asked of the core. Which of
 * several answers comes last is chance; `assertCalm` chooses it.
 */
export async function watchForShifts(context) {
  await context.addInitScript((LAST) => {
    globalThis.shifts = [];
    globalThis.asking = 0;
    let heldBack = 0;
    const othersAnswered = () =>
      new Promise((resume) => {
        let quiet = 0;
        const look = () => {
          quiet = globalThis.asking === heldBack ? quiet + 1 : 0;
          if (quiet > 5) resume();
          else requestAnimationFrame(look);
        };
        heldBack += 1;
        look();
      }).finally(() => (heldBack -= 1));
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) {
        globalThis.shifts.push({ value, what: sources.map(({ node }) => node?.outerHTML?.slice(0, 100) ?? node?.textContent?.slice(0, 60)) });
      }
    }).observe({ type: "layout-shift", buffered: true });
    const { fetch } = globalThis;
    globalThis.fetch = async (...what) => {
      if (what[0] !== "/call") return fetch(...what);
      globalThis.asking += 1;
      try {
        const answer = await fetch(...what);
        const text = await answer.text();
        if (JSON.parse(what[1].body).type === sessionStorage.getItem(LAST)) await othersAnswered();
        return new Response(text, { status: answer.status, headers: answer.headers });
      } finally {
        globalThis.asking -= 1;
      }
    };
  }, LAST);
}

/** Waits until everything that was asked is answered and drawn: some frames in a row without a question. */
export async function settled(page) {
  await page.evaluate(
    () =>
      new Promise((resume) => {
        let quiet = 0;
        const look = () => {
          quiet = globalThis.asking === 0 ? quiet + 1 : 0;
          if (quiet > 20) resume();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** Opens a place from cold, and fails when anything moves while it is drawn, whichever of `lasts` is answered last. */
export async function assertCalm(page, place, shows, lasts = [""]) {
  for (const last of lasts) await assertCalmOnce(page, place, shows, last);
}

async function assertCalmOnce(page, place, shows, last) {
  await page.evaluate(
    ([place, LAST, last]) => {
      history.replaceState(null, "", place);
      sessionStorage.setItem(LAST, last);
    },
    [place, LAST, last],
  );
  await page.reload();
  await page.locator(shows).first().waitFor();
  await settled(page);
  const shifts = await page.evaluate(() => globalThis.shifts);
  const sum = shifts.reduce((sum, { value }) => sum + value, 0);
  assert.ok(sum <= MOST_SHIFT, `${place}${last && `, ${last} answered last`}: moved by ${sum.toFixed(3)}: ${JSON.stringify(shifts)}`);
}
