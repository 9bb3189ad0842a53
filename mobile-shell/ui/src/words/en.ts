import type { Words } from "./da";

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

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
    search: "Search names and notes",
    clearSearch: "Clear the search",
    filter: "Show",
    all: "All",
    needsAction: "Needs action",
    inJob: "In a job",
    closed: "Closed",
    others: "Others",
    empty: "No citizens yet.",
    emptyWhy: "Your citizens arrive when Feltbog has sent and fetched.",
    emptyFilter: "No citizens here right now.",
    emptySearch: (typed) => `Nothing found about “${typed}”.`,
    hits: "In the notes",
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

  today: {
    title: "Today",
    journal: (number: number): string => `Missing in the journal: ${number}`,
    appointments: "Appointments",
    ahead: "The next two weeks",
    allCitizens: "All citizens",
    nothing: "Nothing is pressing today.",
    noShowLogged: "Noted: did not come. It stands with the citizen as not reached.",
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
    numberLabel: "Number in the system",
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
    close: "Close",
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

  signal: (kind, text, daysLeft) => {
    const days = count(Math.abs(daysLeft), "day", "days");
    switch (kind) {
      case "first_employer_contact":
        return daysLeft < 0 ? `First employer contact is ${days} late` : `${days} to the first employer contact`;
      case "consent_expiring":
        return daysLeft === 0 ? "The consent ends today" : `The consent ends in ${days}`;
      case "consent_expired":
        return `The consent ended ${days} ago`;
      default:
        return text;
    }
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
  },

  consent: {
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
    merged: "You have both written here. Both texts are in the note below.",
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

  register: {
    title: "Register",
    kind: "What",
    moreKinds: "More …",
    fewerKinds: "Fewer",
    who: "Who",
    findCitizen: "Find a citizen",
    noCitizenFound: "No citizen has that name.",
    withoutCitizen: "Without a citizen",
    where: "Where",
    findEmployer: "Find an employer",
    newEmployer: "New employer",
    newEmployerName: "Name of the employer",
    newEmployerCvr: "CVR number (8 digits)",
    cvrWrong: "The CVR number does not fit. See whether two digits were swapped.",
    useKnownEmployer: "Choose from the list",
    noEmployerFound: "Not in the list of employers.",
    spokeWith: "Spoke with",
    place: "Place",
    otherPlace: "Another place",
    when: "When",
    whenHint: "Change freely, e.g. 14:30 or 12-03-2026 10:40",
    now: (time) => `today ${time}`,
    minutes: "Minutes",
    otherMinutes: "Another number of minutes",
    outcome: "It gave",
    met: "Met face to face",
    yes: "Yes",
    no: "No",
    note: "Note",
    noteHint: "What happened, and what is the next step?",
    share: { employment: "Share with treatment", treatment: "Share with employment" },
    shareWhy: "Both sides can read it.",
    keepWhy: { employment: "Only employment can read it.", treatment: "Only treatment can read it." },
    save: "Save",
    saved: (wide) => (wide ? "Saved on this computer" : "Saved on the phone"),
    needKind: "Choose what it was.",
    needCitizen: "Choose a citizen.",
    needEmployerName: "Write the name of the employer.",
    needHours: "Hours a week is a number between 0 and 168.",
    needStepDay: "The next step has a time but no day.",
    fitsWish: "Fits the wish?",
    clientSpecific: "About the citizen",
    purpose: "Purpose",
    moreDetails: "More about the visit",
    education: "Education",
    likeLast: (what: string, where: string): string => `Like last time: ${[what, where].filter((part) => part).join(", ")}`,
    oneMore: "+ One more citizen",
    whoElse: "Whom else was the visit about?",
    alsoAbout: (name: string): string => `About ${name} only`,
    alsoWhy: "Each citizen gets an entry of their own. It counts as one visit.",
    removeCitizen: (name: string): string => `Take ${name} off`,
    needMinutes: "Minutes are a number between 0 and 1440.",
    resumed: "You go on with your draft.",
    startOver: "Start over",
  },

  leave: {
    draftTitle: "You have not saved",
    draftText: "What you have written is only here until you save.",
    editTitle: "You have not saved the note",
    editText: "The old note is unchanged until you save.",
    stay: "Go on writing",
    keep: "Keep the draft for later",
    drop: "Throw away",
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
    loginBy: (when: string): string =>
      `The municipality wants you to log in again by ${when}: type feltbog login on your computer. After that nothing new is fetched until you have. What you write is still sent.`,
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
    language: "Language",
    keys: "Keys",
    devices: "Devices",
    devicesWhy: "If a phone is lost, any colleague can block it. Nothing is lost, and the leader can open it again.",
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

  locked: {
    title: "Feltbog is locked",
    passphrase: "Passphrase",
    open: "Unlock",
    leaseOver:
      "The device was without a connection for too long. Everything you have saved is still here. Send and fetch with a network, and it opens again.",
    lastCall:
      "The device has been without a connection for more than a month longer than it may. The next time it is opened, what was sent or handed in is taken off it. Send and fetch now.",
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

  kinds: {
    employer_visit: "Employer visit",
    employer_contact: "Employer contact",
    job_interview: "Job interview (employer)",
    statutory_talk: "Job talk (municipality)",
    contact: "Contact",
    not_reached: "Not reached",
    application: "Application",
    placement: "Company placement",
    job_start: "Job start",
    job_end: "Job end",
    education_start: "Education start",
    education_end: "Education end",
    workplace_support: "Support at work",
    follow_along: "Follow-along",
    treatment_meeting: "Treatment meeting",
    network_meeting: "Network meeting",
    referral: "Referral",
    benefit_guidance: "Guidance on benefits",
    note: "Note",
    disclosure_talk: "Talk about disclosure",
    profile_talk: "Talk about the vocational profile",
    education_support: "Support in education",
    mentoring: "Mentoring",
    outreach_attempt: "Outreach attempt",
    canvassing: "Canvassing employers",
    team_meeting: "Team meeting",
    supervision: "Supervision",
    field_mentoring: "Field mentoring",
    handover: "Handover",
    cover: "Cover",
  },
  jobTypes: {
    competitive: "ordinary employment",
    small_job: "small job",
    flex_job: "flex job",
    wage_subsidy: "wage subsidy",
    work_practice: "work practice",
    regular_education: "education on ordinary terms",
    other_education: "other education",
  },
  purposes: {
    learn_needs: "get to know the company",
    present_candidate: "tell about a citizen",
    about_opening: "an opening",
    follow_up: "follow up",
    support_at_work: "support at work",
    thank_you: "say thanks",
  },
  outcomes: {
    interested: "interested",
    follow_up: "follow up",
    rejected: "rejected",
    trial_shift_offered: "trial shift offered",
    job_offered: "job offered",
    agreed: "agreed",
    started: "started",
    ended: "ended",
  },
};
