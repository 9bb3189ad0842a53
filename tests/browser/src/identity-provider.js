import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The certified provider of `tests/login`, as a municipality has one. */
const PROVIDER = fileURLToPath(new URL("../../login/src/provider.js", import.meta.url));

export const SUBSTANTIAL = "urn:test:substantial";

/** What a server's configuration has to say. */
export function asking(issuer) {
  return `[login]\nissuer = "${issuer}"\nclient_id = "feltbog"\nacr_values = ["${SUBSTANTIAL}"]\n`;
}

/** Somebody logs in, as far as the address leads. The provider believes what the browser's headers say. */
export async function logIn(browser, address, level, account = "lone") {
  const page = await browser.newPage({ extraHTTPHeaders: { "x-account": account, "x-level": level } });
  await page.goto(address);
  await page.getByText("gå tilbage til Feltbog").waitFor();
  await page.close();
}

export async function startProvider(t) {
  const provider = spawn("node", [PROVIDER], { stdio: ["ignore", "pipe", "ignore"] });
  t.after(() => provider.kill());
  for await (const line of createInterface(provider.stdout)) return line.trim();
  throw new Error("the identity provider did not start");
}
