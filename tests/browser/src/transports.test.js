import assert from "node:assert/strict";
import { test } from "node:test";
import { Town } from "./town.js";
import { AndroidStandIn } from "./transports/android-stand-in.js";
import { AppleStandIn } from "./transports/apple-stand-in.js";
import { BEHAVIOURS } from "./transports/behaviours.js";
import { Ear } from "./transports/ear.js";
import { LoopbackHost } from "./transports/loopback-host.js";
import { PageModules } from "./transports/page.js";

/** Everything in `mobile-shell/ui` that calls itself a `Transport`, and over which wires. */
const HOSTS = { "the computer's loopback": LoopbackHost, "Android's port": AndroidStandIn, "WebKit's handler": AppleStandIn };

/** What waits for ever has failed. */
const HANGS_MS = 30_000;

test("every way to the core does what the page relies on", { timeout: 300_000 }, async (t) => {
  const town = await Town.founded(t);
  const pages = await PageModules.opened(t);
  const shown = [];

  for (const [name, Host] of Object.entries(HOSTS)) {
    await t.test(name, async (t) => {
      const host = await Host.begun(town, pages);
      t.after(() => host.stop());
      const listen = () => new Ear(host.transport);
      for (const behaviour of BEHAVIOURS) {
        await t.test(behaviour.name, { timeout: HANGS_MS }, async () => {
          await behaviour.show({ host, transport: host.transport, listen });
          shown.push(`${name}: ${behaviour.name}`);
        });
      }
    });
  }

  await t.test("a port that is handed over anew is the one that is asked", { timeout: HANGS_MS }, async (t) => {
    const host = await AndroidStandIn.begun(town, pages);
    t.after(() => host.stop());
    const held = host.holdAnswers();
    const waiting = assert.rejects(host.transport.call({ type: "drafts" }), { constructor: host.page.HostSilent });
    await held.count(1);
    host.reach();
    await waiting;
    held.release("drafts");
    assert.equal((await host.transport.call({ type: "status" })).type, "status");
    await host.close();
  });

  for (const Phone of [AndroidStandIn, AppleStandIn]) {
    await t.test(`what a login sends back comes back letter by letter: ${Phone.name}`, { timeout: HANGS_MS }, async (t) => {
      const host = await Phone.begun(town, pages);
      t.after(() => host.stop());
      const page = "https://login.kommune.dk/auth?state=æ%20b&x=1";
      host.sentBack = (address) => (address === page ? "dk.feltbog.app:/login?code=a%2Bb&state=c" : "");
      assert.equal(await host.transport.logIn(page), "dk.feltbog.app:/login?code=a%2Bb&state=c");
      assert.equal(await host.transport.logIn(`${page}&closed`), "");
      await host.close();
    });
  }

  for (const Phone of [AndroidStandIn, AppleStandIn]) {
    await t.test(`the wish to be reminded reaches the phone and comes back as it stands there: ${Phone.name}`, { timeout: HANGS_MS }, async (t) => {
      const host = await Phone.begun(town, pages);
      t.after(() => host.stop());
      await assert.rejects(host.transport.reminders(""), { constructor: host.page.HostSilent }, "a host that knows of none");
      let stands = "off";
      host.reminds = (wish) => (stands = { on: "denied", off: "off" }[wish] ?? stands);
      const asked = [];
      for (const wish of ["", "on", "", "off", ""]) asked.push(await host.transport.reminders(wish));
      assert.deepEqual(asked, ["off", "denied", "denied", "off", "off"]);
      await host.close();
    });
  }

  await t.test("and no behaviour was left out for any of them", () => {
    const wanted = Object.keys(HOSTS).flatMap((name) => BEHAVIOURS.map((behaviour) => `${name}: ${behaviour.name}`));
    assert.ok(wanted.length > 0);
    assert.deepEqual(shown, wanted);
  });
});
