import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const SHELL = new URL("../../../mobile-shell/", import.meta.url);
const WORDS = new URL("ui/src/words/", SHELL);

function handbook(language) {
  return readFileSync(new URL(`docs/handbook.${language}.md`, SHELL), "utf8");
}

/** Everything the interface says in a language. */
function words(language) {
  const files = readdirSync(WORDS).filter((name) => name === `${language}.ts` || name.startsWith(`${language}-`));
  return files.map((name) => readFileSync(new URL(name, WORDS), "utf8")).join("\n");
}

/** What stands in slanted letters, and so on the screen. */
function slanted(text) {
  return [...text.replaceAll("**", "").matchAll(/\*([^*]+)\*/g)].map((match) => match[1].replaceAll(/\s+/g, " "));
}

for (const language of ["da", "en"]) {
  test(`what the handbook (${language}) says stands on the screen does stand there`, () => {
    const said = words(language);
    const quoted = slanted(handbook(language)).filter((text) => !["skrå skrift", "slanted letters"].includes(text));
    assert.ok(quoted.length > 40, `only ${quoted.length} were read`);
    assert.deepEqual(quoted.filter((text) => !said.includes(`"${text}"`) && !said.includes(`"${text} `)), []);
  });
}

test("both languages of the handbook have the same sections and name the screen as often", () => {
  const [danish, english] = ["da", "en"].map(handbook);
  const sections = (text) => text.match(/^#+/gm);
  assert.deepEqual(sections(danish), sections(english));
  assert.ok(slanted(english).length >= slanted(danish).length);
});
