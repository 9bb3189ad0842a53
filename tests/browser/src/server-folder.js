import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** How often a text stands in the files of the server, byte by byte. */
export async function countInServer(folder, text) {
  let count = 0;
  for (const name of await readdir(folder)) {
    const content = await readFile(join(folder, name));
    for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) count += 1;
  }
  return count;
}
