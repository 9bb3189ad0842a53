/** Who is at the page's end of a wire. */
export interface PageEnd {
  /** A frame of the host. */
  hear(frame: string): void;
  /** The host that was asked is not there any more: what was sent and not answered never will be. */
  gone(): void;
  /** A host is there again. */
  back(): void;
}

/** What carries frames of text between the page and the host inside the same app; every kind of phone has its own. */
export interface Wire {
  /** To be done once, before anything is sent. */
  attach(end: PageEnd): void;
  /** Sends a frame; what is sent before the host is there waits for it. Rejected when the host does not take it. */
  send(frame: string): Promise<void>;
}
