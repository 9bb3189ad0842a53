import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const UI = fileURLToPath(new URL("../../../../mobile-shell/ui/", import.meta.url));

/** The page's own modules as they stand in its source, for a page that is at this address and finds these things around it. */
export class PageModules {
  #vite;

  static async opened(t) {
    const { createServer } = await import(createRequire(`${UI}package.json`).resolve("vite"));
    const modules = new PageModules();
    const quiet = { configFile: false, root: UI, logLevel: "error", appType: "custom" };
    modules.#vite = await createServer({ ...quiet, server: { middlewareMode: true, hmr: false, ws: false, watch: null }, optimizeDeps: { noDiscovery: true } });
    t.after(() => modules.#vite.close());
    return modules;
  }

  /** What a page of its own has of them: each host gets a page that knows of no other. */
  async at(hostname, window) {
    globalThis.location = { hostname };
    globalThis.window = window;
    this.#vite.moduleGraph.invalidateAll();
    const [{ phone }, { Loopback }, { HostSilent }, { saveFile }] = await Promise.all(
      ["bridge/phone", "bridge/loopback", "bridge/transport", "state/save-file"].map((name) => this.#vite.ssrLoadModule(`/src/${name}.ts`)),
    );
    return { phone, Loopback, HostSilent, saveFile };
  }
}
