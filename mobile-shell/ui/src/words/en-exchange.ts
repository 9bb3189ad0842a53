import { count } from "./count";
import type { daExchange } from "./da-exchange";

/** What is said of sending and fetching, in English. */
export const enExchange: typeof daExchange = {
  login: {
    by: (when: string): string =>
      `The municipality wants you to log in again by ${when}. After that nothing new is fetched until you have. What you write is still sent.`,
    begin: "Log in",
    again: "Begin again",
    waiting: "Log in in the window that opened. If none did, open it here:",
    onPhone: "Log in in the phone's browser. It sends you back here.",
    page: "Open the municipality's login",
    done: "You are logged in",
  },

  exchange: {
    title: "Sent and fetched",
    allSent: "Everything is sent",
    allSentWhy: "Nothing is only here.",
    onlyHere: (number, wide) => `${number} ${wide ? "only on this computer" : "only on the phone"}`,
    oldest: (hours) =>
      hours < 1 ? "The oldest is less than an hour old" : hours < 48 ? `The oldest is ${count(Math.floor(hours), "hour", "hours")} old` : `The oldest is ${Math.floor(hours / 24)} days old`,
    sentToday: (number) => count(number, "entry sent today", "entries sent today"),
    last: (when) => `Last sent and fetched ${when}`,
    never: "Nothing has been sent and fetched yet",
    now: "Send and fetch now",
    running: "Sending and fetching …",
    safe: "What you have saved is saved.",
    failed: "Sending and fetching did not work",
    waiting: "Waiting to be sent",
    savedAt: (when) => `saved ${when}`,
    otherChanges: (number) => `and ${count(number, "other change", "other changes")}`,
    result: (sent, received) => (sent === 0 && received === 0 ? "There was nothing new, here or from the others." : `${sent} sent · ${received} fetched`),
    bytes: (amount) => `${amount} over the network`,
    underOneKb: "less than 1 kB",
    kb: (number) => `${number} kB`,
    refused: "Not taken by the server",
    refusedWhy: "It is still saved here.",
    refusedOne: "A change",
    quarantined: (number) => `${count(number, "text", "texts")} from others cannot be read yet and were put aside. Nothing is lost.`,
  },

  meanwhile: {
    title: "While you were away",
    why: (names) => `Welcome back. ${names.join(" and ") || "A colleague"} looked after your citizens and wrote this meanwhile.`,
    others: (number) => `and ${number} more, with the citizens`,
    seen: "I am up to date",
  },

  asks: {
    title: "Keep in your own folder?",
    why: "The consent was withdrawn, so it could not be shared. It is here.",
    keep: "Keep in your own folder",
    kept: (wide) => `Kept in your own folder, ${wide ? "only on this computer" : "only on the phone"}`,
  },

  deposits: {
    title: "Handed-in work",
    why: "Written by colleagues when the folder was no longer open to them.",
    from: (author) => `From ${author}.`,
    take: "Put into the case",
    takeAll: (number) => `Put all ${number} into the case`,
    taken: (number) => `${count(number, "entry", "entries")} put into the case`,
  },

  restored: {
    safe: "The server was restored. Your work is here.",
    waits: "The server was restored and waits for a leader's device. Your work is here; what is new from others comes after that.",
    missing: "Missing on the server",
    missingWhy: "The server had it before it was restored. The text is still here. It comes back when its writer sends and fetches.",
    finding: (code, author, name) =>
      code === "missing_link"
        ? `Something from ${author}${name ? ` about ${name}` : ""} has not arrived here. What you have is still here. Tell IT.`
        : code === "read_log_gap"
          ? `The read log${name ? ` about ${name}` : ""} from ${author} is not whole. What you have is still here. Tell IT.`
          : `The server has shown ${author} something else${name ? ` about ${name}` : ""} than it has shown here. What you have is still here. Tell IT.`,
  },
};
