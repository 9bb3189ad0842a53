import { enCharts } from "./en-charts";
import { enCodes } from "./en-codes";
import { enEmployers } from "./en-employers";
import { enExchange } from "./en-exchange";
import { enFidelity } from "./en-fidelity";
import { enForRegion } from "./en-for-region";
import { enMore } from "./en-more";
import { enOverview } from "./en-overview";
import { enPeople } from "./en-people";
import { enRegister } from "./en-register";
import { enReview } from "./en-review";
import { enServerCount } from "./en-server-count";
import { enSurvey } from "./en-survey";
import { enProgrammeFile, enTargets } from "./en-targets";
import type { Words } from "./da";

/** Every text in English. */
export const en: Words = {
  code: "en",
  title: "Feltbog",

  nav: {
    label: "Main menu",
    today: "Today",
    cases: "Citizens",
    register: "Register",
    exchange: "Sent and fetched",
    more: "More",
    back: "Back",
    close: "Close",
  },

  state: {
    local_only: (wide) => (wide ? "only on this computer" : "only on the phone"),
    sent: "sent",
    journalised: "in the journal",
    unsent: (number, wide) => `${number} ${wide ? "only on this computer" : "only on the phone"}`,
    journalisedLocked: "In the journal and locked. The note cannot be changed here.",
  },

  cases: {
    title: "Citizens",
    search: "Search everywhere",
    clearSearch: "Clear the search",
    filter: "Show",
    all: "All",
    more: (number) => `Show more (${number})`,
    needsAction: "Needs action",
    inJob: "In a job",
    closed: "Closed",
    others: "Others",
    empty: "No citizens yet.",
    emptyWhy: "Your citizens arrive when Feltbog has sent and fetched.",
    emptyFilter: "No citizens here right now.",
    emptySearch: (typed) => `Nothing found about “${typed}”.`,
    hits: "In notes and plans",
    employerHits: "Employers",
    nearHits: "Close to what you typed",
    found: { citizen: "Citizen", profile: "Vocational profile", employer: "Employer" },
    noCase: "Without a citizen",
    keys: [
      ["/", "search"],
      ["n", "new entry"],
      ["↑ ↓", "up and down the list"],
      ["Esc", "back"],
    ],
    lastContact: (when) => `contact ${when}`,
    noContact: "no contact yet",
    cover: (by, absent, day) => (by === null ? `You stand in for ${absent} until ${day}` : `${by} stands in for ${absent} until ${day}`),
  },

  citizen: {
    title: "New citizen",
    add: "+ New citizen",
    name: "Name",
    number: "Case number",
    from: "Enrolled",
    today: "today",
    save: "Make",
    needName: "Write name and case number.",
    made: (wide: boolean): string => (wide ? "Made on this computer" : "Made on the phone"),
  },

  plan: {
    title: "Vocational profile and plan",
    edit: "Change profile and plan",
    call: "Call",
    text: "Write a text",
    former: (wish: string, day: string): string => `Wished before: ${wish} (until ${day})`,
    fields: {
      job_wish: "Job wish",
      plan: "Plan and goals",
      strengths: "What I am good at",
      support: "What I need",
      phone: "Telephone",
      benefit: "Benefit",
      target_group: "Target group",
    },
    notSaid: "not stated",
    formerCode: (name, day) => `Until ${day}: ${name}`,
  },

  ending: {
    title: "End the case",
    why: "Why does it end?",
    beside: "Say more, if needed",
    end: "End",
    closed: "The case is closed",
    reopen: "Open the case again",
    reopened: "The case is open again",
    aftercare: "Begin aftercare",
    endAftercare: (day: string): string => `End aftercare (since ${day})`,
    saved: "Saved",
    because: (reason: string, day: string): string => `Closed ${day}: ${reason}`,
    needReason: "Choose why the case ends.",
    notYet: "The goal is reached when somebody is in a job or education and needs no more support.",
    works: "Is in a job or education.",
    worksNot: "Is not in a job or education yet.",
    noSupport: "No more support is needed",
    reasons: {
      goal_reached: "Goal reached",
      wishes_to_stop: "The citizen wishes to stop",
      moved: "Moved",
      transferred: "Went on to another service",
      died: "Died",
      other: "Other",
    },
  },

  supervision: {
    show: "Supervision sheet",
    title: "A citizen",
    visits: (number: number): string => (number === 1 ? "1 employer contact" : `${number} employer contacts`),
    latest: "Most recent",
  },

  receipt: {
    title: "The week's receipt",
    allSent: (week: number): string => `Everything of week ${week} is sent.`,
    notSent: (week: number, number: number): string => `${number} of week ${week} not sent yet.`,
    missing: (number: number): string => `${number} missing in the journal.`,
    goodWeekend: "Have a good weekend.",
  },

  today: {
    title: "Today",
    review: "Review of fidelity",
    journal: (number: number): string => `Missing in the journal: ${number}`,
    appointments: "Appointments",
    ahead: "The next two weeks",
    someDay: "Without a day",
    allCitizens: "All citizens",
    nothing: "Nothing is pressing today.",
    noShowLogged: "Noted: did not come. It stands with the citizen as not reached.",
  },

  week: {
    title: (number) => `Week ${number}`,
    now: "This week",
    whose: "Whose appointments",
    own: "Mine",
    team: "The team's",
    nothing: "Nothing agreed.",
    count: (number) => (number === 0 ? "nothing agreed" : number === 1 ? "1 appointment" : `${number} appointments`),
  },

  unfinished: {
    title: "Begun, not saved",
    forms: {
      register: "Entry",
      note: "Note",
      fields: "Details",
      remark: "Addition",
      journal: "Journal number",
      plan: "Vocational profile",
      person: "Somebody around the citizen",
      consent: "Consent",
      ending: "Ending",
      said: "What may be said",
      new_citizen: "New citizen",
    },
  },

  step: {
    title: "Next step",
    what: "What is to happen?",
    day: "Day of the next step",
    otherDay: "another day",
    time: "at",
    days: ["Tomorrow", "In a week", "In two weeks"],
    held: "Held",
    noShow: "Did not come",
    moved: "Moved",
    dropped: "Dropped",
    became: "What became of it?",
    outcomes: { held: "held", no_show: "did not come", dropped: "dropped" },
    ahead: (what: string, day: string): string => `Next: ${[what, day].filter((part) => part).join(", ")}`,
  },

  journal: {
    title: "Journal",
    missing: (number: number): string => `Missing in the journal: ${number}`,
    missingWhy: "Your own notes that are not copied to the municipality's system.",
    nothingMissing: "Everything is in the journal.",
    copy: "Copy for the system",
    copied: "Copied. Paste it into the system",
    notCopied: "It could not be copied. Mark the text and copy it yourself.",
    numberLabel: "Journal number",
    mark: "Journalised",
    done: "Journalised and locked",
    number: (number: string): string => `Journalised as ${number}`,
    leaveOut: "Does not belong in the journal",
    leftOut: "Does not belong in the journal.",
    putBack: "It belongs there after all",
    putBackDone: "Belongs in the journal",
  },

  marks: {
    addendum: "Write an addendum",
    addendumText: "Addendum",
    added: "The addendum is saved",
    isAddendum: "addendum",
    mistaken: "Entered by mistake",
    mistakenWhy: "What is wrong?",
    markMistaken: "Mark as entered by mistake",
    mistakenDone: "Marked. It stays and does not count",
    isMistaken: (why: string): string => `Entered by mistake: ${why}`,
    notMistaken: "It is right after all",
    counts: "It counts again",
    save: "Save",
  },

  readTogether: {
    show: "Read together",
    done: "Read together",
    at: (when: string): string => `Read together ${when}`,
  },

  phases: {
    start: "Starting",
    search: "Looking for a job",
    job: "In a job",
    education: "In education",
    closed: "Closed",
    unknown: "Shared with you",
  },

  days: {
    inProgramme: (days) => `day ${days}`,
    years: (years, months) => (months === 0 ? `${years} y` : `${years} y ${months} m`),
  },

  signal: {
    text: (said) => said.text_en,
    rule: (said) => said.rule_en,
    source: (said) => said.source_en,
  },

  case: {
    consultant: "Consultant",
    therapist: "Therapist",
    jobWish: "Job wish",
    disclosure: "Towards employers",
    noEntries: "Nothing is written yet.",
    noEntriesWhy: "The first thing you register will stand here.",
    showMore: (left) => `Show more (${left} older)`,
    timeline: "Timeline",
    sharedWith: { employment: "Shared with treatment", treatment: "Shared with employment" },
    importedBy: (by, writer) => `read in by ${by}, written by ${writer}`,
    minutes: (minutes) => `${minutes} min`,
    bothWrote: "You have both written here",
    more: "Consent, ending, supervision and taking out",
  },

  consent: {
    mayShare: "May be shared with the other side",
    otherType: "something else, such as meeting times",
    lastDay: "Last day",
    aYear: "in a year",
    only: "Only what is chosen may be shared. The consent can always be withdrawn.",
    give: "Write a consent",
    change: "Change or withdraw the consent",
    given: "The consent is written",
    withdraw: "The citizen withdraws the consent",
    withdrawn: "The consent is withdrawn. Nothing new is shared",
    share: (types) => `May be shared: ${types}`,
    until: (date) => `until ${date}`,
    expired: (date) => `The consent ended ${date}`,
    gaveAccessTo: (types) => `It covered: ${types}`,
    none: "No consent. Nothing is shared between employment and treatment.",
  },

  entry: {
    note: "Note",
    noNote: "No note.",
    edit: "Edit note",
    write: "Write a note",
    save: "Save",
    cancel: "Cancel",
    saved: (wide) => (wide ? "Saved on this computer" : "Saved on the phone"),
    markedIsNew: (names) => `What is marked is new, and was written by ${names.join(" and ")}.`,
    sawIt: "Seen",
    meanwhile: "Somebody else has written in the note meanwhile. Both texts are kept when you save.",
    theirText: "See the other text",
    employer: "Employer",
    cvr: (number) => `CVR ${number}`,
    spokeWith: "Spoke with",
    place: "Place",
    outcome: "Outcome",
    met: "Face to face",
    yes: "yes",
    no: "no",
    jobTitle: "Job title",
    hours: "Hours a week",
    permanent: "Permanent job",
    writtenBy: "Written by",
    kind: "What",
    at: "When",
    minutes: "Duration",
    shownNow: "shown now",
    otherValue: "also written",
    conflict: "You have both written here",
    conflictWhy: "Both are saved. Agree with each other on what is right.",
    choose: "Choose this",
    changeFields: "Change details",
    jobType: "Terms",
    alsoOthers: "The visit was about several",
  },

  handedIn: {
    title: "Handed in to the leader",
    why: "It could not go into the folder. Nothing is lost.",
    because: (reason) =>
      ({
        no_grant: "Access to the citizen has ended.",
        folder_closed: "The consent was withdrawn.",
        erased: "The case was erased.",
        ok: "The device was locked.",
      })[reason] ?? "The folder was not open.",
    delivered: (names) => `Handed in to ${names.join(", ") || "the leader"}`,
    waiting: (names) => `Here until it is handed in to ${names.join(", ") || "the leader"}`,
  },

  handedAway: {
    title: "Handed over to a colleague",
    to: (number, name) => `${number} is with ${name} now. What you wrote went along.`,
  },

  join: {
    title: "A new phone",
    why: "Feltbog is opened with an invitation from a colleague who leads. It is good once.",
    invitation: "Invitation",
    scan: "Read the code with the camera",
    open: "Join",
    titleHere: "A new device",
    beside: "Join one more municipality",
    besideWhy: "For those who work in two municipalities. Each has a locked folder of its own, and nothing goes from one to the other.",
    nameNew: "What do you call the new municipality?",
    nameHere: "What do you call the one you are in now?",
    passphrase: "Choose a passphrase",
    again: "Type it again",
    different: "The two passphrases are not the same. Type them again.",
    loginFirst: "The municipality wants you to log in before you can join.",
    notRead: "No invitation was read. Type it, or paste it here.",
  },
  locked: {
    title: "Feltbog is locked",
    passphrase: "Passphrase",
    open: "Unlock",
    leaseOver:
      "The device was without a connection for too long. Everything you have saved is still here. Send and fetch with a network, and it opens again.",
    stopped: "IT has stopped this device. Your work is still here. Call IT; what is unsent can be handed in meanwhile.",
    lastCall:
      "The device has been without a connection for more than a month longer than it may. A week after this was first said here, what was sent or handed in is taken off it. Send and fetch now.",
    stuck: "Will it not open?",
    stuckWhy:
      "What you have not sent lies sealed for your leader and can be handed in, also when the phone will not open. If it opens later, nothing is there twice.",
    forgotten: "Forgotten the passphrase?",
    handInWhy:
      "What you have not sent lies sealed for your leader and can be handed in without the passphrase. If you remember it later, nothing is doubled.",
    handIn: "Send unsent work",
    handedIn: "Unsent work was handed in to your leader.",
    nothing: "There is nothing unsent on this device.",
    notAll: "Some of it could not be handed in yet. It is still here. Try again later.",
    endsSoon: (days) =>
      `Feltbog locks ${days === 0 ? "within a day" : days === 1 ? "in a day" : `in ${days} days`} unless the device has a connection before then. Send and fetch when you have a network.`,
  },

  cover: {
    text: "The screen is hidden",
    show: "Show again",
  },

  trouble: {
    noKeyTitle: "Open Feltbog again",
    noKeyText: "This page belongs to a Feltbog that was closed. What you have saved is saved.",
    noKeyDo: "Open it again with",
    versionTitle: "Feltbog must be opened again",
    versionText: "The page and the program do not fit, often because Feltbog was just updated. What you have saved is saved.",
    versionDo: "Close the tab and open it again with",
    hostSilent: "Feltbog on this computer does not answer. What you have saved is saved. If this lasts, open Feltbog again.",
    notSaved: "Not saved.",
    stillHere: "What you have written is still here.",
    tryAgain: "Try again in a moment.",
    noFile: "The file was not saved. Nothing in Feltbog has changed.",
    unexpected: "Something went wrong in Feltbog. What you have saved is saved. Try again.",
  },

  when: {
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    shortWeekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    dayAndTime: (day, time) => `${day} at ${time}`,
    daysAgo: (days) => {
      if (days === 0) return "today";
      if (days === 1) return "yesterday";
      if (days < 0) return days === -1 ? "tomorrow" : `in ${-days} days`;
      if (days < 60) return `${days} days ago`;
      if (days < 730) return `${Math.floor(days / 30.44)} months ago`;
      return `${Math.floor(days / 365.25)} years ago`;
    },
  },

  overview: enOverview,
  targets: enTargets,
  programmeFile: enProgrammeFile,
  charts: enCharts,
  fidelity: enFidelity,
  review: enReview,
  forRegion: enForRegion,
  survey: enSurvey,
  serverCount: enServerCount,
  ...enExchange,
  ...enEmployers,
  ...enMore,
  ...enPeople,
  ...enRegister,
  ...enCodes,
};
