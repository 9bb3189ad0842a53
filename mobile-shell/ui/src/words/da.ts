import type { Said } from "./said";

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

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

  employer: {
    title: "Virksomheder",
    unknown: "Ikke i virksomhedslisten",
    door: "Ved døren",
    askFor: "Spørg efter",
    register: "Registrér besøg",
    history: "Holdets besøg og kontakter",
    noHistory: "Holdet har ikke været her endnu, så vidt denne Feltbog ved.",
    you: "Dig",
    lastBy: (by: string, when: string): string => `${by} var her ${when}`,
    last: (by: string | null, when: string): string => (by ? `${by}, ${when}` : `besøgt ${when}`),
    more: (number: number): string => `og ${number} til. Søg efter navnet.`,
  },

  disclosure: {
    decisions: { nothing: "Må ikke nævnes", agreed: "Det aftalte må siges", everything: "Må nævnes" } as Record<string, string>,
    maySay: "Må siges",
    mayNotSay: "Må ikke siges",
    agreed: (name: string, day: string): string => `Aftalt med ${name} ${day}.`,
    notAgreed: (name: string): string => `Intet er aftalt med ${name} om denne virksomhed. Så længe må intet nævnes.`,
    change: "Aftal noget andet",
    saved: "Aftalen er gemt. Den gamle står i historikken",
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
    journal: (number: number): string => `Mangler i journalen: ${number}`,
    appointments: "Aftaler",
    ahead: "De næste to uger",
    allCitizens: "Alle borgere",
    nothing: "Intet haster i dag.",
    noShowLogged: "Noteret: kom ikke. Det står hos borgeren som ikke truffet.",
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
    more: "Samtykke, afslutning og supervision",
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
    merged: "I har begge skrevet her. Begge tekster er med nedenfor.",
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

  register: {
    title: "Registrér",
    kind: "Hvad",
    moreKinds: "Mere …",
    fewerKinds: "Færre",
    who: "Hvem",
    findCitizen: "Søg borger",
    noCitizenFound: "Ingen borger hedder det.",
    withoutCitizen: "Uden borger",
    where: "Hvor",
    findEmployer: "Søg virksomhed",
    newEmployer: "Ny virksomhed",
    newEmployerName: "Virksomhedens navn",
    newEmployerCvr: "CVR-nummer (8 cifre)",
    cvrWrong: "CVR-nummeret passer ikke. Se efter, om to cifre er byttet om.",
    useKnownEmployer: "Vælg fra listen",
    noEmployerFound: "Ikke i virksomhedslisten.",
    spokeWith: "Talt med",
    place: "Sted",
    otherPlace: "Andet sted",
    when: "Hvornår",
    whenHint: "Ret frit, fx i går 14:30 eller 12-03-2026 10:40",
    now: (time: string): string => `i dag ${time}`,
    minutes: "Minutter",
    otherMinutes: "Andet antal minutter",
    outcome: "Gav det",
    met: "Mødtes ansigt til ansigt",
    yes: "Ja",
    no: "Nej",
    note: "Notat",
    noteHint: "Hvad skete der?",
    share: { employment: "Del med behandling", treatment: "Del med beskæftigelse" },
    shareWhy: "Begge sider kan læse det.",
    keepWhy: { employment: "Kun beskæftigelse kan læse det.", treatment: "Kun behandling kan læse det." },
    save: "Gem",
    saved: (wide: boolean): string => (wide ? "Gemt på denne computer" : "Gemt på telefonen"),
    needKind: "Vælg, hvad det var.",
    needCitizen: "Vælg en borger.",
    needEmployerName: "Skriv virksomhedens navn.",
    needHours: "Timer om ugen er et tal mellem 0 og 168.",
    needStepDay: "Næste skridt har et klokkeslæt, men ingen dag.",
    aboutEmployer: "Om virksomheden (deles i holdet)",
    aboutEmployerWhy: "Nævn ingen borger: hele holdet kan læse det.",
    aboutCitizen: "Om borgeren",
    fitsWish: "Passer til ønsket?",
    clientSpecific: "Handlede om borgeren",
    purpose: "Formål",
    moreDetails: "Mere om besøget",
    education: "Uddannelse",
    likeLast: (what: string, where: string): string => `Som sidst: ${[what, where].filter((part) => part).join(", ")}`,
    oneMore: "+ En borger mere",
    whoElse: "Hvem handlede besøget også om?",
    alsoAbout: (name: string): string => `Kun om ${name}`,
    alsoWhy: "Hver borger får sin egen registrering. Det tæller som ét besøg.",
    removeCitizen: (name: string): string => `Tag ${name} af`,
    needMinutes: "Minutter er et tal mellem 0 og 1440.",
    resumed: "Du fortsætter på din kladde.",
    startOver: "Begynd forfra",
  },

  leave: {
    draftTitle: "Du har ikke gemt",
    draftText: "Det, du har skrevet, står kun her, indtil du gemmer.",
    editTitle: "Du har ikke gemt notatet",
    editText: "Det gamle notat er uændret, indtil du gemmer.",
    stay: "Skriv videre",
    keep: "Gem kladden til senere",
    drop: "Smid væk",
  },

  exchange: {
    title: "Sendt og hentet",
    allSent: "Alt er sendt",
    allSentWhy: "Intet står kun her.",
    onlyHere: (number: number, wide: boolean): string => `${number} ${wide ? "kun på denne computer" : "kun på telefonen"}`,
    oldest: (hours: number): string =>
      hours < 1 ? "Den ældste er under en time gammel" : hours < 48 ? `Den ældste er ${count(Math.floor(hours), "time", "timer")} gammel` : `Den ældste er ${Math.floor(hours / 24)} dage gammel`,
    sentToday: (number: number): string => count(number, "indførsel sendt i dag", "indførsler sendt i dag"),
    last: (when: string): string => `Sidst sendt og hentet ${when}`,
    never: "Der er ikke sendt og hentet endnu",
    loginBy: (when: string): string =>
      `Kommunen vil have, at du logger ind igen senest ${when}: skriv feltbog login på din computer. Efter det hentes intet nyt, før du har gjort det. Det, du skriver, sendes stadig.`,
    now: "Send og hent nu",
    running: "Sender og henter …",
    safe: "Det, du har gemt, er gemt.",
    failed: "Der kunne ikke sendes og hentes",
    waiting: "Venter på at blive sendt",
    savedAt: (when: string): string => `gemt ${when}`,
    otherChanges: (number: number): string => `og ${count(number, "anden ændring", "andre ændringer")}`,
    result: (sent: number, received: number): string =>
      sent === 0 && received === 0 ? "Der var intet nyt, hverken her eller hos de andre." : `${sent} sendt · ${received} hentet`,
    bytes: (amount: string): string => `${amount} over nettet`,
    underOneKb: "under 1 kB",
    kb: (number: string): string => `${number} kB`,
    refused: "Ikke modtaget af serveren",
    refusedWhy: "Det er stadig gemt her.",
    refusedOne: "En ændring",
    quarantined: (number: number): string =>
      `${count(number, "tekst", "tekster")} fra andre kan ikke læses endnu og er lagt til side. Intet er tabt.`,
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

  meanwhile: {
    title: "Mens du var væk",
    why: (names: string[]): string => `Velkommen tilbage. ${names.join(" og ") || "En kollega"} har passet dine borgere, og det her er skrevet imens.`,
    others: (number: number): string => `og ${number} til, som står hos borgerne`,
    seen: "Jeg er med igen",
  },

  asks: {
    title: "Læg i din egen mappe?",
    why: "Samtykket er trukket tilbage, så det kunne ikke deles. Det ligger her.",
    keep: "Læg i din egen mappe",
    kept: (wide: boolean): string => `Lagt i din egen mappe, ${wide ? "kun på denne computer" : "kun på telefonen"}`,
  },

  deposits: {
    title: "Afleveret arbejde",
    why: "Skrevet af kolleger, da mappen ikke længere var åben for dem.",
    from: (author: string): string => `Fra ${author}.`,
    take: "Læg i sagen",
    takeAll: (number: number): string => `Læg alle ${number} i sagen`,
    taken: (number: number): string => `${count(number, "registrering", "registreringer")} lagt i sagen`,
  },

  restored: {
    safe: "Serveren er gendannet. Dit arbejde er her.",
    waits: "Serveren er gendannet og venter på en leders enhed. Dit arbejde er her; det nye fra andre kommer bagefter.",
    missing: "Mangler på serveren",
    missingWhy: "Serveren havde det, før den blev gendannet. Teksten er her stadig. Det kommer på plads, når den, der skrev, sender og henter.",
    finding: (code: string, author: string, name: string | null): string =>
      code === "missing_link"
        ? `Noget fra ${author}${name ? ` om ${name}` : ""} er ikke nået frem hertil. Det, du har, er her stadig. Sig det til IT.`
        : code === "read_log_gap"
          ? `Læseloggen${name ? ` om ${name}` : ""} fra ${author} er ikke hel. Det, du har, er her stadig. Sig det til IT.`
          : `Serveren har vist ${author} noget andet${name ? ` om ${name}` : ""}, end den har vist her. Det, du har, er her stadig. Sig det til IT.`,
  },

  more: {
    title: "Mere",
    you: "Dig",
    roles: "Roller",
    device: "Enhed",
    screen: "Skærmen",
    initials: "Vis kun initialer",
    initialsWhy: "Navne vises som bogstaver, også i notater.",
    hide: "Skjul skærmen",
    hideWhy: "Dækker det hele, til du selv viser det igen. Det sker også af sig selv, når du går væk fra vinduet.",
    lock: "Lås Feltbog",
    lockWhy: "Så skal adgangssætningen skrives igen. Det sker også af sig selv efter fem minutter uden brug.",
    language: "Sprog",
    keys: "Taster",
    devices: "Enheder",
    devicesWhy: "Er en telefon blevet væk, kan alle kolleger spærre den. Intet går tabt, og lederen kan åbne den igen.",
  },

  team: {
    title: "Holdet",
    whole: "Intet mangler. Holdet kan miste hvem som helst og arbejde videre.",
    missing: "Det mangler",
    side: (side: string): string => (side === "treatment" ? "behandling" : "beskæftigelse"),
    gap: (code: string, of: string): string =>
      ({
        leader: `En leder (${of}). Ellers har ingen nøglerne, hvis en medarbejder holder op.`,
        deputy: `En stedfortræder (${of}). Ellers kan ingen træde til, når lederen er væk.`,
        second_administrator: "En administrator mere.",
        share_holders: "Navnene på de tre, der har hver sin del af gendannelsesnøglen.",
      })[code] ?? code,
    leaders: "Leder",
    deputies: "Stedfortræder",
    records: "Journalansvarlig",
    administrators: "Administratorer",
    shareHolders: "Har en del af nøglen",
    nobody: "ingen",
  },

  programme: {
    said: (authority: boolean, interval: string | null): string =>
      authority
        ? `Konsulenterne er myndighed. ${interval ? `Højst ${interval} mellem to jobsamtaler (kommunen).` : "Tiden mellem to jobsamtaler (kommunen) er ikke sat."}`
        : "Konsulenterne er ikke myndighed, så ingen frist for jobsamtaler (kommunen).",
    edit: "Ret programmets indstillinger",
    authority: "Er konsulenterne myndighed?",
    interval: "Længst tid mellem to jobsamtaler (kommunen)",
    example: "fx 3 måneder",
  },

  devices: {
    state: (state: string): string =>
      ({
        this_device: "denne enhed",
        active: "i brug",
        blocked: "spærret",
        revoked: "lukket ude",
        station: "gendannelse: to andele blev lagt sammen",
      })[state] ?? state,
    block: "Spær",
    open: "Åbn igen",
    sure: (member: string): string => `Spær enheden hos ${member}? Den kan hverken læse eller skrive, før lederen åbner den.`,
    yes: "Ja, spær den",
    no: "Fortryd",
  },

  locked: {
    title: "Feltbog er låst",
    passphrase: "Adgangssætning",
    open: "Lås op",
    leaseOver:
      "Enheden har været for længe uden forbindelse. Alt, du har gemt, er her stadig. Send og hent med netværk, så åbner den igen.",
    lastCall:
      "Enheden har været uden forbindelse i over en måned mere, end den må. En uge efter, at det stod her første gang, tages det, der er sendt eller afleveret, af den. Send og hent nu.",
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
  purposes: {} as Record<string, string>,
  outcomes: {} as Record<string, string>,
};

export type Words = typeof da;
