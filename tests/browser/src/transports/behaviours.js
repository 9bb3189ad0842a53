import assert from "node:assert/strict";

/** Longer than what one message of any system's pipe holds. */
const LONG = "rødgrød med fløde 🌧 \n".repeat(60_000);
/** The core takes no more in one question (`LARGEST_REQUEST`). */
const TOO_LONG = "x".repeat(8 * 1024 * 1024);
const FILE_BYTES = 1_000_000;
const MANY = 100;
const SENTENCE = /^[A-ZÆØÅ].* .*\.$/;

/**
 * What the page may rely on, whatever carries its questions: each is written once, and every host has to show every one of them. The last
 * ends the host.
 */
export const BEHAVIOURS = [
  {
    name: "a question gets its answer",
    async show({ transport }) {
      assert.equal((await transport.call({ type: "status" })).type, "status");
      assert.equal(await transport.contractVersion(), 1);
    },
  },
  {
    name: "two at once get their own, whichever comes first",
    async show({ transport, host }) {
      const held = host.holdAnswers();
      const [first, second] = ["status", "drafts"].map((type) => transport.call({ type }));
      await held.count(2);
      held.release("drafts");
      assert.equal((await second).type, "drafts");
      held.release("status");
      assert.equal((await first).type, "status");
    },
  },
  {
    name: "a question names the municipality that is shown",
    async show({ transport, host }) {
      transport.municipality = 7;
      const reply = await transport.call({ type: "status" });
      transport.municipality = null;
      assert.equal(JSON.parse(host.asked.at(-1)).municipality, 7);
      assert.equal(reply.type, "refused", "there is none of that number here");
    },
  },
  {
    name: "a refused question is a sentence",
    async show({ transport }) {
      const { type, code, message } = await transport.call({ type: "show_case", case: "FINDES-IKKE" });
      assert.equal(type, "refused");
      assert.match(code, /^[a-zA-Z_]+$/);
      assert.match(message, SENTENCE);
    },
  },
  {
    name: "events arrive in the order in which they happened",
    async show({ transport, host, listen }) {
      const ear = listen();
      await ear.alive;
      await transport.call({ type: "sync" });
      await ear.hears(({ type }) => type === "exchange_ended");
      const types = ear.heard.map(({ type }) => type);
      assert.ok(types.indexOf("exchange_started") < types.indexOf("exchange_ended") && types.includes("exchange_started"), types.join());
      for (let number = 0; number < MANY; number += 1) host.tell(JSON.stringify({ type: "changed", number }));
      await ear.hears(({ number }) => number === MANY - 1);
      const numbers = ear.heard.flatMap(({ number }) => number ?? []);
      assert.deepEqual(numbers, Array.from({ length: MANY }, (_, number) => number));
      ear.stop();
    },
  },
  {
    name: "who stopped listening is told no more",
    async show({ transport, host, listen }) {
      const left = listen();
      await left.alive;
      left.stop();
      host.tell('{"type":"changed","number":0}');
      await transport.call({ type: "status" });
      const next = listen();
      await next.alive;
      host.tell('{"type":"changed","number":1}');
      await next.hears(({ number }) => number === 1);
      assert.deepEqual(left.heard, []);
      next.stop();
    },
  },
  {
    name: "what is no JSON is not fatal",
    async show({ transport, host, listen }) {
      const ear = listen();
      await ear.alive;
      host.tell("this is no JSON");
      host.tell('{"type":"changed","number":2}');
      await ear.hears(({ number }) => number === 2);
      host.answerNext("neither is {this");
      await assert.rejects(transport.call({ type: "status" }), { constructor: host.page.HostSilent });
      assert.equal((await transport.call({ type: "status" })).type, "status");
      ear.stop();
    },
  },
  {
    name: "what another origin or frame says is not answered, and nobody else hears what the page asks",
    async show({ transport, host }) {
      const tried = await host.foreign('{"type":"status"}');
      assert.ok(tried.length >= 2, "tried in more than one way");
      for (const { how, answer } of tried) assert.equal(answer, null, how);
      assert.equal((await transport.call({ type: "status" })).type, "status");
      assert.deepEqual(host.overheard(), []);
    },
  },
  {
    name: "what is long arrives whole, there and back",
    async show({ transport }) {
      const kept = await transport.call({ type: "keep_draft", about: "new_citizen", text: LONG, speaks_of: [] });
      assert.notEqual(kept.type, "refused", kept.message);
      const { drafts } = await transport.call({ type: "drafts" });
      assert.equal(drafts.find(({ about }) => about === "new_citizen").text, LONG);
      await transport.call({ type: "drop_draft", about: "new_citizen" });
    },
  },
  {
    name: "what is longer than anybody may ask is refused with a sentence, and the next is answered",
    async show({ transport }) {
      const { type, code, message } = await transport.call({ type: "keep_draft", about: "new_citizen", text: TOO_LONG, speaks_of: [] });
      assert.deepEqual([type, code], ["refused", "too_large"]);
      assert.match(message, SENTENCE);
      assert.equal((await transport.call({ type: "status" })).type, "status");
    },
  },
  {
    name: "a file reaches the person byte by byte, under its name",
    async show({ host }) {
      const bytes = Uint8Array.from({ length: FILE_BYTES }, (_, at) => (at * 31) % 256);
      host.page.saveFile("Sager i Sydhavnen, æøå.csv", "text/csv", bytes);
      const file = await host.saved();
      assert.equal(file.name, "Sager i Sydhavnen, æøå.csv");
      assert.equal(file.type, "text/csv");
      assert.ok(Buffer.from(bytes).equals(file.content), `${file.content.length} bytes`);
    },
  },
  {
    name: "a host that is gone rejects what was waiting, says that it is gone, and answers nobody",
    async show({ transport, host, listen }) {
      const ear = listen();
      await ear.alive;
      const underWay = await host.serverHearsNothing();
      const waiting = assert.rejects(transport.call({ type: "sync" }), { constructor: host.page.HostSilent });
      await underWay.called;
      await host.close();
      await waiting;
      await ear.dead;
      await assert.rejects(transport.call({ type: "status" }), { constructor: host.page.HostSilent });
      ear.stop();
    },
  },
];
