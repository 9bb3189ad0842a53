import type { Event } from "./event";
import type { Reply } from "./generated/Reply";
import type { Request } from "./generated/Request";
import { lines } from "./lines";
import { HostSilent, KeyRefused, type Transport } from "./transport";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** Reaches the core through the host on this computer's own address. */
export class Loopback implements Transport {
  municipality: number | null = null;
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async call(request: Request, municipality = this.municipality): Promise<Reply> {
    const answer = await this.#fetch("/call", { method: "POST", body: JSON.stringify({ ...request, municipality }) });
    return (await this.#json(answer)) as Reply;
  }

  async contractVersion(): Promise<number> {
    const answer = await this.#fetch("/contract", {});
    const { contract_version } = (await this.#json(answer)) as { contract_version: number };
    return contract_version;
  }

  listen(told: (event: Event) => void, alive: (yes: boolean) => void): () => void {
    const stop = new AbortController();
    void this.#keepListening(told, alive, stop.signal);
    return () => stop.abort();
  }

  async #keepListening(told: (event: Event) => void, alive: (yes: boolean) => void, stop: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT_MS;
    while (!stop.aborted) {
      try {
        const answer = await this.#fetch("/events", { signal: stop });
        alive(true);
        wait = FIRST_WAIT_MS;
        for await (const line of lines(answer.body!)) {
          const event = read(line);
          if (event !== null && !stop.aborted) told(event);
        }
      } catch {
        // A broken stream and an absent host look the same from here: wait, then knock again.
      }
      if (stop.aborted) return;
      await new Promise((resume) => setTimeout(resume, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      await this.#knock(alive, stop);
    }
  }

  async #knock(alive: (yes: boolean) => void, stop: AbortSignal): Promise<void> {
    try {
      await this.#fetch("/contract", { signal: stop });
    } catch {
      if (!stop.aborted) alive(false);
    }
  }

  async #fetch(path: string, options: RequestInit): Promise<Response> {
    const headers = { "X-Feltbog-Token": this.#token, "Content-Type": "application/json" };
    let answer: Response;
    try {
      answer = await fetch(path, { ...options, headers, cache: "no-store", credentials: "omit" });
    } catch {
      throw new HostSilent();
    }
    if (answer.status === 401 || answer.status === 403) throw new KeyRefused();
    // Where the host could not do it and says so in a sentence, that is its answer.
    if (!answer.ok && answer.headers.get("Content-Type") !== "application/json") throw new HostSilent();
    return answer;
  }

  async #json(answer: Response): Promise<unknown> {
    try {
      return await answer.json();
    } catch {
      throw new HostSilent();
    }
  }
}

/** What a line tells; nothing for an empty one, and for what is no JSON: the next may be right. */
function read(line: string): Event | null {
  try {
    return JSON.parse(line) as Event;
  } catch {
    return null;
  }
}
