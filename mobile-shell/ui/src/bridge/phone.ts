import { FELTBOG, HandlerWire, type MessageHandler } from "./handler";
import { Native } from "./native";
import { PortWire } from "./port";

/** Where the page lives inside the app on a phone; no network ever answers for the name. */
const HOME = "app.feltbog.invalid";

interface WebKitWindow extends Window {
  webkit?: { messageHandlers?: Record<string, MessageHandler> };
}

function reached(page: WebKitWindow): Native {
  const handler = page.webkit?.messageHandlers?.[FELTBOG];
  return new Native(handler ? new HandlerWire(handler, page) : new PortWire(page));
}

/** The phone this page is on, from before it is loaded to its end; elsewhere nothing. */
export const phone = location.hostname === HOME ? reached(window) : null;
