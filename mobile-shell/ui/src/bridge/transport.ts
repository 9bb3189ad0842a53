import type { Event } from "./event";
import type { Reply } from "./generated/Reply";
import type { Request } from "./generated/Request";

/** How the user interface reaches the core: over loopback on a computer (`loopback.ts`), inside the app on a phone (`native.ts`). `tests/browser/src/transports` holds what all of them must do. */
export interface Transport {
  /** Of which municipality everything is asked; of the first, as long as nobody said. */
  municipality: number | null;
  /** Asks the one that everything is asked of, or another one that is named. */
  call(request: Request, municipality?: number | null): Promise<Reply>;
  contractVersion(): Promise<number>;
  /** Tells every event until the returned function is called. `alive` says whether the core is heard. */
  listen(told: (event: Event) => void, alive: (yes: boolean) => void): () => void;
}

/** Nobody answered. What was saved before is safe. */
export class HostSilent extends Error {}

/** The host answered, but does not accept this page's key: Feltbog was opened again elsewhere. */
export class KeyRefused extends Error {}
