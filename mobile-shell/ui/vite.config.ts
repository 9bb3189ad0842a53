import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** An old phone reads all of it before it draws the first screen. */
const MOST_BYTES = 120_000;

async function compressedBytes(code: string): Promise<number> {
  const stream = new Blob([code]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** Fails when the JavaScript grows too large, and says how large it is. */
const weighed: Plugin = {
  name: "weighed",
  apply: "build",
  async generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    const bytes = await Promise.all(chunks.map((chunk) => compressedBytes(chunk.code)));
    const sum = bytes.reduce((sum, one) => sum + one, 0);
    if (sum > MOST_BYTES) this.error(`the JavaScript has ${sum} bytes compressed, more than ${MOST_BYTES}`);
    this.info(`${sum} of at most ${MOST_BYTES} bytes of JavaScript, compressed`);
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
