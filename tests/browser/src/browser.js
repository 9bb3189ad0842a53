import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-proxy-server",
];

/** Nothing moves, so that everything is measured as it stays. */
const STILL = { reducedMotion: "reduce" };

/** A Danish phone whose clock is set to another zone; the work, and its hours, are in Denmark all the same. */
export const ABROAD = { locale: "da-DK", timezoneId: "America/Nuuk", ...STILL };

export const DENMARK = { locale: "da-DK", timezoneId: "Europe/Copenhagen", ...STILL };

export const OUT = fileURLToPath(new URL("../out/", import.meta.url));

/** The browser that `cargo xtask` found. */
export async function startBrowser() {
  await mkdir(OUT, { recursive: true });
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: QUIET });
}
