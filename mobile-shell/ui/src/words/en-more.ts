import type { daMore } from "./da-more";

/** What is said of the person, the team and the devices, in English. */
export const enMore: typeof daMore = {
  standing: {
    title: "Changed by others",
    device: (short) => `A device has come in your name (${short}). It can read what you can.`,
    station: "Two shares of the key were put together for a recovery. It was able to read everything. If you do not know why, ask the leader.",
    roleGiven: (role) => `You are now ${role}.`,
    roleTaken: (role) => `You are no longer ${role}.`,
    mine: "It is mine",
    seen: "I have seen it",
    block: "Not mine: block it",
  },


  more: {
    title: "More",
    you: "You",
    roles: "Roles",
    device: "Device",
    screen: "The screen",
    initials: "Show initials only",
    initialsWhy: "Names are shown as letters, also in notes.",
    hide: "Hide the screen",
    hideWhy: "Covers everything until you show it again. It also happens by itself when you leave the window.",
    lock: "Lock Feltbog",
    lockWhy: "Then the passphrase has to be typed again. It also happens by itself after five minutes without use.",
    reminders: "Reminders",
    remind: "Remind me of appointments and deadlines",
    remindWhy: "Half an hour before an appointment, and in the morning when something is waiting. It says a time of day, never who or what it is about.",
    remindDenied: "The phone shows no notifications from Feltbog. Allow them in the phone's settings.",
    language: "Language",
    keys: "Keys",
    devices: "Devices",
    devicesWhy: "If a phone is lost, any colleague can block it. Nothing is lost, and the leader can open it again.",
  },

  municipality: {
    title: "Municipalities",
    why: "Each municipality has its own. Nothing you write in one gets into another.",
    show: (name) => `Switch to ${name}`,
    locked: "locked",
    nameless: (number) => `Municipality ${number}`,
    passphraseOf: (name) => `Passphrase of ${name}`,
    notKept: "What you have begun is not kept yet. Try again in a moment.",
  },

  team: {
    title: "The team",
    whole: "Nothing is missing. The team can lose anybody and go on working.",
    missing: "This is missing",
    side: (side: string): string => (side === "treatment" ? "treatment" : "employment"),
    gap: (code: string, of: string): string =>
      ({
        leader: `A leader (${of}). Without one nobody has the keys if a worker leaves.`,
        deputy: `A deputy (${of}). Without one nobody can step in while the leader is away.`,
        second_administrator: "One more administrator.",
        share_holders: "The names of the three who each keep a share of the recovery key.",
      })[code] ?? code,
    leaders: "Leader",
    deputies: "Deputy",
    records: "Records officer",
    administrators: "Administrators",
    shareHolders: "Keep a share of the key",
    nobody: "nobody",
  },

  programme: {
    said: (authority, interval) =>
      authority
        ? `The consultants are the authority. ${interval ? `Longest time between two statutory talks: ${interval}.` : "The time between two statutory talks is not set."}`
        : "The consultants are not the authority, so no clock for statutory talks.",
    edit: "Change the programme's settings",
    authority: "Are the consultants the authority?",
    interval: "Longest time between two statutory talks",
    example: "e.g. 3 months",
  },

  devices: {
    state: (state: string): string =>
      ({
        this_device: "this device",
        active: "in use",
        blocked: "blocked",
        revoked: "shut out",
        station: "recovery: two shares were put together",
      })[state] ?? state,
    block: "Block",
    open: "Open again",
    sure: (member: string): string => `Block ${member}'s device? It can neither read nor write until the leader opens it.`,
    yes: "Yes, block it",
    no: "Cancel",
  },
};
