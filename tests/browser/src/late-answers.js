/** Up to how many milliseconds each question waits, by chance; nothing waits when it is not set. */
const LATEST_MS = Number(process.env.LATE ?? 0);

/**
 * The core as a slow phone has it: every question waits a while of its own, so that answers come late and in any order. What
 * only holds while the core is quick fails then: `LATE=150 node --test src/half-typed.test.js`.
 */
export async function answerLate(context) {
  if (LATEST_MS === 0) return;
  await context.route("**/call", async (route) => {
    await new Promise((resume) => setTimeout(resume, Math.random() * LATEST_MS));
    // The page may be gone meanwhile, and its question with it.
    await route.continue().catch(() => {});
  });
}
