/** How long nobody may have touched anything before the door is locked. */
const IDLE_MS = 5 * 60 * 1000;
const LOOK_MS = 10_000;

/**
 * Calls back when nobody has used the page for five minutes. The clock is asked every now and then, rather than one long
 * timer set, because a computer that slept does not run timers and must be locked when it wakes.
 */
export function whenIdle(lock: () => void): void {
  let last = Date.now();
  const used = () => (last = Date.now());
  for (const sign of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    window.addEventListener(sign, used, { passive: true, capture: true });
  }
  setInterval(() => {
    if (Date.now() - last < IDLE_MS) return;
    used();
    lock();
  }, LOOK_MS);
}
