import { count } from "./count";
import { daCharts } from "./da-charts";
import { daEmployers } from "./da-employers";
import { daExchange } from "./da-exchange";
import { daFidelity } from "./da-fidelity";
import { daForRegion } from "./da-for-region";
import { daMore } from "./da-more";
import { daOverview } from "./da-overview";
import { daPeople } from "./da-people";
import { daRegister } from "./da-register";
import { daReview } from "./da-review";
import { daServerCount } from "./da-server-count";
import { daSurvey } from "./da-survey";
import { daProgrammeFile, daTargets } from "./da-targets";
import type { Said } from "./said";

/** Every text in Danish. `en.ts` has the same keys, or it does not compile. */
export const da = {
  code: "da",
  title: "Feltbog",

  nav: {
    label: "Hovedmenu",
    today: "I dag",
    cases: "Borgere",
    register: "Registrér",
    exchange: "Sendt og hentet",
    more: "Mere",
    back: "Tilbage",
    close: "Luk",
  },

  state: {
    local_only: (wide: boolean): string => (wide ? "kun på denne computer" : "kun på telefonen"),
    sent: "sendt",
    journalised: "journaliseret",
    unsent: (number: number, wide: boolean): string => `${number} ${wide ? "kun på denne computer" : "kun på telefonen"}`,
    journalisedLocked: "Journaliseret og låst. Notatet kan ikke rettes her.",
  },

  cases: {
    title: "Borgere",
    search: "Søg overalt",
    clearSearch: "Ryd søgning",
    filter: "Vis",
    all: "Alle",
    more: (number: number): string => `Vis flere (${number})`,
    needsAction: "Kræver handling",
    inJob: "I job",
    closed: "Afsluttet",
    others: "Øvrige",
    empty: "Ingen borgere endnu.",
    emptyWhy: "Dine borgere kommer, når Feltbog har sendt og hentet.",
    emptyFilter: "Ingen borgere her lige nu.",
    emptySearch: (typed: string): string => `Intet fundet om “${typed}”.`,
    hits: "I notater og planer",
    employerHits: "Virksomheder",
    nearHits: "Ligner det, du skrev",
    found: { citizen: "Borger", profile: "Erhvervsprofil", employer: "Virksomhed" } as Record<"citizen" | "profile" | "employer", string>,
    noCase: "Uden borger",
    keys: [
      ["/", "søg"],
      ["n", "ny registrering"],
      ["↑ ↓", "op og ned i listen"],
      ["Esc", "tilbage"],
    ] as [string, string][],
    lastContact: (when: string): string => `kontakt ${when}`,
    noContact: "ingen kontakt endnu",
    cover: (by: string | null, absent: string, day: string): string =>
      by === null ? `Du dækker for ${absent} til og med ${day}` : `${by} dækker for ${absent} til og med ${day}`,
  },

  citizen: {
    title: "Ny borger",
    add: "+ Ny borger",
    name: "Navn",
    number: "Sagsnummer",
    from: "Indskrevet",
    today: "i dag",
    save: "Opret",
    needName: "Skriv navn og sagsnummer.",
    made: (wide: boolean): string => (wide ? "Oprettet på denne computer" : "Oprettet på telefonen"),
  },

  plan: {
    title: "Erhvervsprofil og plan",
    edit: "Ret profil og plan",
    call: "Ring",
    text: "Skriv sms",
    former: (wish: string, day: string): string => `Ønskede før: ${wish} (til ${day})`,
    fields: {
      job_wish: "Jobønske",
      plan: "Plan og mål",
      strengths: "Det, jeg er god til",
      support: "Det, jeg har brug for",
      phone: "Telefon",
      benefit: "Ydelse",
      target_group: "Målgruppe",
    } as Record<string, string>,
    notSaid: "ikke oplyst",
    formerCode: (name: string, day: string): string => `Til ${day}: ${name}`,
  },

  ending: {
    title: "Afslut forløbet",
    why: "Hvorfor slutter det?",
    beside: "Uddyb, hvis der er brug for det",
    end: "Afslut",
    closed: "Forløbet er afsluttet",
    reopen: "Genåbn forløbet",
    reopened: "Forløbet er åbent igen",
    aftercare: "Begynd efterværn",
    endAftercare: (day: string): string => `Afslut efterværn (siden ${day})`,
    saved: "Gemt",
    because: (reason: string, day: string): string => `Afsluttet ${day}: ${reason}`,
    needReason: "Vælg, hvorfor forløbet slutter.",
    notYet: "I mål er man, når man er i job eller uddannelse, og der ikke er brug for mere støtte.",
    works: "Er i job eller uddannelse.",
    worksNot: "Er ikke i job eller uddannelse endnu.",
    noSupport: "Der er ikke brug for mere støtte",
    reasons: {
      goal_reached: "I mål",
      wishes_to_stop: "Borgeren ønsker at stoppe",
      moved: "Flyttet",
      transferred: "Overgået til anden indsats",
      died: "Død",
      other: "Andet",
    } as Record<string, string>,
  },

  supervision: {
    show: "Supervisionsark",
    title: "En borger",
    visits: (number: number): string => count(number, "virksomhedskontakt", "virksomhedskontakter"),
    latest: "Det seneste",
  },

  receipt: {
    title: "Ugens kvittering",
    allSent: (week: number): string => `Alt fra uge ${week} er sendt.`,
    notSent: (week: number, number: number): string => `${count(number, "ting", "ting")} fra uge ${week} er ikke sendt endnu.`,
    missing: (number: number): string => `${number} mangler i journalen.`,
    goodWeekend: "God weekend.",
  },

  today: {
    title: "I dag",
    review: "Gennemgang af modeltrofasthed",
    journal: (number: number): string => `Mangler i journalen: ${number}`,
    appointments: "Aftaler",
    ahead: "De næste to uger",
    someDay: "Uden dag",
    allCitizens: "Alle borgere",
    nothing: "Intet haster i dag.",
    noShowLogged: "Noteret: kom ikke. Det står hos borgeren som ikke truffet.",
  },

  week: {
    title: (number: number): string => `Uge ${number}`,
    now: "Denne uge",
    whose: "Hvis aftaler",
    own: "Mine",
    team: "Teamets",
    nothing: "Intet aftalt.",
    count: (number: number): string => (number === 0 ? "intet aftalt" : number === 1 ? "1 aftale" : `${number} aftaler`),
  },

  unfinished: {
    title: "Begyndt, ikke gemt",
    forms: {
      register: "Registrering",
      note: "Notat",
      fields: "Oplysninger",
      remark: "Tilføjelse",
      journal: "Journalnummer",
      plan: "Erhvervsprofil",
      person: "Person omkring borgeren",
      consent: "Samtykke",
      ending: "Afslutning",
      said: "Hvad der må siges",
      new_citizen: "Ny borger",
    } as Record<string, string>,
  },

  step: {
    title: "Næste skridt",
    what: "Hvad skal ske?",
    day: "Dag for næste skridt",
    otherDay: "anden dag",
    time: "kl.",
    days: ["I morgen", "Om en uge", "Om to uger"],
    held: "Holdt",
    noShow: "Kom ikke",
    moved: "Flyttet",
    dropped: "Droppet",
    became: "Hvad blev det til?",
    outcomes: { held: "holdt", no_show: "kom ikke", dropped: "droppet" } as Record<string, string>,
    ahead: (what: string, day: string): string => `Næste: ${[what, day].filter((part) => part).join(", ")}`,
  },

  journal: {
    title: "Journal",
    missing: (number: number): string => `Mangler i journalen: ${number}`,
    missingWhy: "Dine egne notater, som ikke er kopieret over i fagsystemet.",
    nothingMissing: "Alt står i journalen.",
    copy: "Kopiér til fagsystem",
    copied: "Kopieret. Sæt ind i fagsystemet",
    notCopied: "Det kunne ikke kopieres. Markér teksten, og kopiér den selv.",
    numberLabel: "Journalnummer",
    mark: "Journaliseret",
    done: "Journaliseret og låst",
    number: (number: string): string => `Journaliseret som ${number}`,
    leaveOut: "Skal ikke i journalen",
    leftOut: "Skal ikke i journalen.",
    putBack: "Skal i journalen alligevel",
    putBackDone: "Skal i journalen",
  },

  marks: {
    addendum: "Skriv en tilføjelse",
    addendumText: "Tilføjelse",
    added: "Tilføjelsen er gemt",
    isAddendum: "tilføjelse",
    mistaken: "Fejlregistreret",
    mistakenWhy: "Hvad er forkert?",
    markMistaken: "Markér som fejlregistreret",
    mistakenDone: "Fejlregistreret. Den bliver stående og tæller ikke",
    isMistaken: (why: string): string => `Fejlregistreret: ${why}`,
    notMistaken: "Den er rigtig alligevel",
    counts: "Den tæller med igen",
    save: "Gem",
  },

  readTogether: {
    show: "Læs sammen",
    done: "Læst sammen",
    at: (when: string): string => `Læst sammen ${when}`,
  },

  phases: {
    start: "Opstart",
    search: "Søger job",
    job: "I job",
    education: "I uddannelse",
    closed: "Afsluttet",
    unknown: "Delt med dig",
  } as Record<string, string>,

  days: {
    inProgramme: (days: number): string => `dag ${days}`,
    years: (years: number, months: number): string => (months === 0 ? `${years} år` : `${years} år ${months} md.`),
  },

  /** The core's own sentence is Danish already. */
  signal: {
    text: (said: Said): string => said.text,
    rule: (said: Said): string => said.rule,
    source: (said: Said): string => said.source,
  },

  case: {
    consultant: "Konsulent",
    therapist: "Behandler",
    jobWish: "Jobønske",
    disclosure: "Over for virksomheder",
    noEntries: "Intet er skrevet endnu.",
    noEntriesWhy: "Det første, du registrerer, kommer til at stå her.",
    showMore: (left: number): string => `Vis flere (${left} ældre)`,
    timeline: "Forløbet",
    sharedWith: { employment: "Delt med behandling", treatment: "Delt med beskæftigelse" },
    importedBy: (by: string, writer: string): string => `indlæst af ${by}, skrevet af ${writer}`,
    minutes: (minutes: number): string => `${minutes} min`,
    bothWrote: "I har begge skrevet her",
    more: "Samtykke, afslutning, supervision og udtræk",
  },

  consent: {
    mayShare: "Må deles med den anden side",
    otherType: "andet, fx mødetider",
    lastDay: "Sidste dag",
    aYear: "om et år",
    only: "Kun det, der er valgt, må deles. Samtykket kan altid trækkes tilbage.",
    give: "Skriv samtykke ind",
    change: "Ret eller træk samtykke tilbage",
    given: "Samtykket er skrevet ind",
    withdraw: "Borgeren trækker samtykket tilbage",
    withdrawn: "Samtykket er trukket tilbage. Intet nyt deles",
    share: (types: string): string => `Må deles: ${types}`,
    until: (date: string): string => `til ${date}`,
    expired: (date: string): string => `Samtykket udløb ${date}`,
    gaveAccessTo: (types: string): string => `Det gjaldt: ${types}`,
    none: "Intet samtykke. Intet deles mellem beskæftigelse og behandling.",
  },

  entry: {
    note: "Notat",
    noNote: "Intet notat.",
    edit: "Ret notat",
    write: "Skriv notat",
    save: "Gem",
    cancel: "Fortryd",
    saved: (wide: boolean): string => (wide ? "Gemt på denne computer" : "Gemt på telefonen"),
    markedIsNew: (names: string[]): string => `Det markerede er nyt og skrevet af ${names.join(" og ")}.`,
    sawIt: "Set",
    meanwhile: "En anden har skrevet i notatet imens. Begge tekster bliver bevaret, når du gemmer.",
    theirText: "Se den andens tekst",
    employer: "Virksomhed",
    cvr: (number: string): string => `CVR ${number}`,
    spokeWith: "Talt med",
    place: "Sted",
    outcome: "Resultat",
    met: "Ansigt til ansigt",
    yes: "ja",
    no: "nej",
    jobTitle: "Stilling",
    hours: "Timer om ugen",
    permanent: "Fast job",
    writtenBy: "Skrevet af",
    kind: "Hvad",
    at: "Hvornår",
    minutes: "Varighed",
    shownNow: "vises nu",
    otherValue: "også skrevet",
    conflict: "I har begge skrevet her",
    conflictWhy: "Begge dele er gemt. Aftal med hinanden, hvad der er rigtigt, og vælg det.",
    choose: "Vælg denne",
    changeFields: "Ret oplysninger",
    jobType: "Ansættelse",
    alsoOthers: "Besøget var om flere",
  },

  handedIn: {
    title: "Afleveret til lederen",
    why: "Det kunne ikke lægges i mappen. Intet er tabt.",
    because: (reason: string): string =>
      ({
        no_grant: "Adgangen til borgeren er ophørt.",
        folder_closed: "Samtykket er trukket tilbage.",
        erased: "Sagen er slettet.",
        ok: "Enheden var låst.",
      })[reason] ?? "Mappen var ikke åben.",
    delivered: (names: string[]): string => `Afleveret til ${names.join(", ") || "lederen"}`,
    waiting: (names: string[]): string => `Ligger her, til det er afleveret til ${names.join(", ") || "lederen"}`,
  },

  handedAway: {
    title: "Overdraget til en kollega",
    to: (number: string, name: string): string => `${number} er nu hos ${name}. Det, du har skrevet, er fulgt med.`,
  },

  join: {
    title: "En ny telefon",
    why: "Feltbog åbnes med en invitation fra din leder. Den gælder én gang.",
    invitation: "Invitation",
    scan: "Læs koden med kameraet",
    open: "Kom med",
    titleHere: "En ny enhed",
    beside: "Kom med i en kommune til",
    besideWhy: "For dig, der arbejder i to kommuner. Hver har sin egen låste mappe, og intet går fra den ene til den anden.",
    nameNew: "Hvad vil du kalde den nye kommune?",
    nameHere: "Hvad vil du kalde den kommune, du er i nu?",
    passphrase: "Vælg en adgangssætning",
    again: "Skriv den igen",
    different: "De to adgangssætninger er ikke ens. Skriv dem igen.",
    loginFirst: "Kommunen vil have, at du logger ind, før du kan komme med.",
    notRead: "Der blev ikke læst nogen invitation. Skriv den, eller sæt den ind her.",
  },
  locked: {
    title: "Feltbog er låst",
    passphrase: "Adgangssætning",
    open: "Lås op",
    leaseOver:
      "Enheden har været for længe uden forbindelse. Alt, du har gemt, er her stadig. Send og hent med netværk, så åbner den igen.",
    stopped: "IT har spærret denne enhed. Dit arbejde er her endnu. Ring til IT; det usendte kan afleveres imens.",
    lastCall:
      "Enheden har været uden forbindelse i over en måned mere, end den må. En uge efter, at det stod her første gang, tages det, der er sendt eller afleveret, af den. Send og hent nu.",
    stuck: "Kan den ikke åbnes?",
    stuckWhy:
      "Det, du ikke har fået sendt, ligger forseglet til din leder og kan afleveres, også når telefonen ikke vil åbne. Åbner den senere, bliver intet dobbelt.",
    forgotten: "Har du glemt adgangssætningen?",
    handInWhy:
      "Det, du ikke har fået sendt, ligger forseglet til din leder og kan afleveres uden adgangssætningen. Husker du den senere, bliver intet dobbelt.",
    handIn: "Send det usendte",
    handedIn: "Det usendte er afleveret til din leder.",
    nothing: "Der ligger ikke noget usendt på denne enhed.",
    notAll: "Noget kunne ikke afleveres endnu. Det ligger her stadig. Prøv igen senere.",
    endsSoon: (days: number): string =>
      `Feltbog låses ${days === 0 ? "inden for et døgn" : days === 1 ? "om en dag" : `om ${days} dage`}, hvis enheden ikke har forbindelse inden da. Send og hent, når du har netværk.`,
  },

  cover: {
    text: "Skærmen er skjult",
    show: "Vis igen",
  },

  trouble: {
    noKeyTitle: "Åbn Feltbog igen",
    noKeyText: "Denne side hører til en Feltbog, der er lukket. Det, du har gemt, er gemt.",
    noKeyDo: "Åbn den igen med",
    versionTitle: "Feltbog skal åbnes igen",
    versionText: "Siden og programmet passer ikke sammen, ofte fordi Feltbog lige er opdateret. Det, du har gemt, er gemt.",
    versionDo: "Luk fanen, og åbn igen med",
    hostSilent: "Feltbog på denne computer svarer ikke. Det, du har gemt, er gemt. Varer det ved, så åbn Feltbog igen.",
    notSaved: "Ikke gemt.",
    stillHere: "Det, du har skrevet, står her endnu.",
    tryAgain: "Prøv igen om lidt.",
    noFile: "Filen blev ikke gemt. Intet i Feltbog er ændret.",
    unexpected: "Noget gik galt i Feltbog. Det, du har gemt, er gemt. Prøv igen.",
  },

  when: {
    weekdays: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    shortWeekdays: ["man", "tir", "ons", "tor", "fre", "lør", "søn"],
    months: ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"],
    dayAndTime: (day: string, time: string): string => `${day} kl. ${time}`,
    daysAgo: (days: number): string => {
      if (days === 0) return "i dag";
      if (days === 1) return "i går";
      if (days < 0) return days === -1 ? "i morgen" : `om ${-days} dage`;
      if (days < 60) return `for ${days} dage siden`;
      if (days < 730) return `for ${Math.floor(days / 30.44)} måneder siden`;
      return `for ${Math.floor(days / 365.25)} år siden`;
    },
  },

  /** The core names kinds and outcomes in Danish already. */
  kinds: {} as Record<string, string>,
  jobTypes: {} as Record<string, string>,
  overview: daOverview,
  targets: daTargets,
  programmeFile: daProgrammeFile,
  charts: daCharts,
  fidelity: daFidelity,
  review: daReview,
  forRegion: daForRegion,
  survey: daSurvey,
  serverCount: daServerCount,
  ...daExchange,
  ...daEmployers,
  ...daMore,
  ...daPeople,
  ...daRegister,
  purposes: {} as Record<string, string>,
  outcomes: {} as Record<string, string>,
};

export type Words = typeof da;
