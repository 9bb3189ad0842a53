import type { Reply } from "./generated/Reply";
import type { Request } from "./generated/Request";
import type { Transport } from "./transport";

/** The core said no. The sentence is meant for people and is shown as it is. */
export class RefusedByCore extends Error {
  readonly code: string;
  /** The sentence in English, where there is one. */
  readonly english: string | undefined;

  constructor(code: string, message: string, english: string | undefined) {
    super(message);
    this.code = code;
    this.english = english;
  }
}

type ReplyOf<K extends Reply["type"]> = Extract<Reply, { type: K }>;

let transport: Transport | null = null;

export function reachCoreThrough(chosen: Transport): void {
  transport = chosen;
}

/** Asks the core and gives the one kind of reply that fits; everything else is an error. `of`: another municipality than is shown. */
export async function ask<K extends Reply["type"]>(request: Request, expected: K, of?: number): Promise<ReplyOf<K>> {
  const reply = await tell(request, of);
  if (reply.type !== expected) throw new Error(`expected ${expected}, got ${reply.type}`);
  return reply as ReplyOf<K>;
}

/** Tells the core to do something, whatever it answers, unless it refuses. */
export async function tell(request: Request, of?: number): Promise<Reply> {
  if (!transport) throw new Error("the core is not reached yet");
  const reply = await transport.call(request, of);
  if (reply.type === "refused") throw new RefusedByCore(reply.code, reply.message, reply.message_en);
  return reply;
}
