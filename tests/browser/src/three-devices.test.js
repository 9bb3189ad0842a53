import assert from "node:assert/strict";
import { test } from "node:test";
import { PipedPhone } from "./piped-phone.js";
import { inTurn } from "./steps.js";
import { Town } from "./town.js";
import { Core } from "./transports/core.js";

const CASE = "TRE-1";
const FIRST = "Mødet begyndte klokken ni. Der var kaffe. Vi talte om gartneriet.";
/** What each of them makes of the text, and the words that have to be there in the end. */
const EDITS = {
  kotlin: { edited: (text) => `Åse: hun kom til tiden 🌻. ${text}`, words: "Åse: hun kom til tiden 🌻." },
  swift: { edited: (text) => text.replace("kaffe", "kaffe, som Bo havde lavet"), words: ", som Bo havde lavet" },
  computer: { edited: (text) => `${text} Lone: næste gang hos gartneren.`, words: "Lone: næste gang hos gartneren." },
};

test("a phone in Kotlin, one in Swift and a computer write in one note while apart", { timeout: 300_000 }, async (t) => {
  const step = inTurn(t);
  const town = await Town.founded(t);
  const invite = (name) => town.feltbog("invite", "--name", name, "--role", "consultant").invitation;
  const kotlin = PipedPhone.opened(t, JSON.parse(process.env.KOTLIN_PHONE), town.path("kotlin"));
  const swift = PipedPhone.opened(t, JSON.parse(process.env.SWIFT_PHONE), town.path("swift"));
  const invitations = { kotlin: invite("Åse Møller"), swift: invite("Bo Bak") };
  const core = await Core.begun(town);
  const computer = { call: async (request) => JSON.parse(await core.call(JSON.stringify(request))) };
  const devices = { kotlin, swift, computer };
  let entry;

  await step("both phones join, and all three open the same citizen", async () => {
    for (const [name, invitation] of Object.entries(invitations)) await done(devices[name], { type: "join", invitation });
    await exchanged(devices);
    await done(computer, { type: "new_case", number: CASE, name: "Brynhild Kløvermark" });
    for (const member of ["Åse Møller", "Bo Bak"]) town.feltbog("assign", CASE, "--member", member, "--as", "consultant");
    await exchanged(devices);
    ({ entry } = await done(kotlin, { type: "log_entry", case: CASE, kind: "contact", note: FIRST }));
    await exchanged(devices);
    assert.deepEqual(await notes(devices, entry), { kotlin: FIRST, swift: FIRST, computer: FIRST });
  });

  await step("apart, each writes in it and sees what is its own alone", async () => {
    await town.stopServer();
    for (const [name, device] of Object.entries(devices)) {
      const { entry: row, heads } = await done(device, { type: "open_entry", entry });
      await done(device, { type: "edit_note", entry, text: EDITS[name].edited(row.note), heads });
      assert.equal((await device.call({ type: "sync" })).code, "unreachable", name);
    }
    for (const [name, note] of Object.entries(await notes(devices, entry))) assert.equal(note, EDITS[name].edited(FIRST), name);
  });

  await step("together again, all three have the same text, with every word of everybody", async () => {
    await town.startServer();
    await exchanged(devices);
    const { kotlin: text, ...others } = await notes(devices, entry);
    assert.deepEqual(others, { swift: text, computer: text });
    assert.equal(text, Object.values(EDITS).reduce((text, { edited }) => edited(text), FIRST));
    for (const { words } of Object.values(EDITS)) assert.equal(text.split(words).length, 2, `${words} stands there once`);
    const heads = await Promise.all(Object.values(devices).map(async (device) => (await done(device, { type: "open_entry", entry })).heads));
    assert.deepEqual(heads.map((heads) => heads.toSorted()), heads.map(() => heads[0].toSorted()));
  });
});

/** Everybody sends and fetches, often enough for keys to go one way and work the other. */
async function exchanged(devices) {
  for (let round = 0; round < 3; round += 1) {
    for (const device of Object.values(devices)) await done(device, { type: "sync" });
  }
}

async function notes(devices, entry) {
  const read = Object.entries(devices).map(async ([name, device]) => [name, (await done(device, { type: "open_entry", entry })).entry.note]);
  return Object.fromEntries(await Promise.all(read));
}

async function done(device, request) {
  const reply = await device.call(request);
  assert.notEqual(reply.type, "refused", `${request.type}: ${reply.code} ${reply.message}`);
  return reply;
}
