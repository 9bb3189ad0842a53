// The server's description for other programs is OpenAPI 3.1, by that standard's own schema.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Validator } from "@seriousme/openapi-schema-validator";

const description = async () =>
  JSON.parse(await readFile(new URL("../../../server/docs/openapi.json", import.meta.url)));

const judged = async (document) => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(document);
  return { valid, errors, version: validator.version };
};

test("the description of the server is OpenAPI 3.1", async () => {
  assert.deepEqual(await judged(await description()), { valid: true, errors: undefined, version: "3.1" });
});

test("a description that lacks a sentence for an answer is not", async () => {
  const document = await description();
  delete document.paths["/v1/sync"].post.responses["200"].description;
  assert.equal((await judged(document)).valid, false);
});
