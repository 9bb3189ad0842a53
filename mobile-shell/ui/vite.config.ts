import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin, type Rolldown } from "vite";

/** An old phone reads all of it before it draws the first screen. */
const MOST_BYTES = 120_000;
/** What is read later, where somebody asks for it: the library that draws. */
const MOST_LATER = 115_000;

async function compressedBytes(code: string): Promise<number> {
  const stream = new Blob([code]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** What the first page reads: its own chunk and whatever that imports before it runs. */
function firstOf(chunks: Rolldown.OutputChunk[]): Set<string> {
  const first = new Set<string>();
  const read = (name: string): void => {
    if (first.has(name)) return;
    first.add(name);
    chunks.find((chunk) => chunk.fileName === name)?.imports.forEach(read);
  };
  chunks.filter((chunk) => chunk.isEntry).forEach((chunk) => read(chunk.fileName));
  return first;
}

/** Fails when the JavaScript grows too large, and says how large it is. */
const weighed: Plugin = {
  name: "weighed",
  apply: "build",
  async generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    const first = firstOf(chunks);
    const bytesOf = async (some: Rolldown.OutputChunk[]): Promise<number> =>
      (await Promise.all(some.map((chunk) => compressedBytes(chunk.code)))).reduce((sum, one) => sum + one, 0);
    const now = await bytesOf(chunks.filter((chunk) => first.has(chunk.fileName)));
    const later = await bytesOf(chunks.filter((chunk) => !first.has(chunk.fileName)));
    if (now > MOST_BYTES) this.error(`the first JavaScript has ${now} bytes compressed, more than ${MOST_BYTES}`);
    if (later > MOST_LATER) this.error(`the JavaScript that is read later has ${later} bytes compressed, more than ${MOST_LATER}`);
    this.info(`${now} of at most ${MOST_BYTES} bytes of JavaScript at first, ${later} of ${MOST_LATER} later, compressed`);
  },
};

export default defineConfig({
  plugins: [svelte(), weighed],
  base: "./",
  build: {
    target: "es2022",
    // Everything comes as files of our own origin, so that the host's policy `default-src 'self'` holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
