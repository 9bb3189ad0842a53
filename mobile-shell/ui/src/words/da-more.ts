/** What is said of the person, the team and the devices, in Danish. */
export const daMore = {
  standing: {
    title: "Ændret af andre",
    device: (short: string): string => `Der er kommet en enhed i dit navn (${short}). Den kan læse det samme som du.`,
    station: "To nøgledele er lagt sammen til en gendannelse. Den har kunnet læse alt. Ved du ikke hvorfor, så spørg lederen.",
    roleGiven: (role: string): string => `Du er blevet ${role}.`,
    roleTaken: (role: string): string => `Du er ikke længere ${role}.`,
    mine: "Den er min",
    seen: "Jeg har set det",
    block: "Ikke min: spær den",
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
    reminders: "Påmindelser",
    remind: "Mind mig om aftaler og frister",
    remindWhy: "En halv time før en aftale, og om morgenen, når noget venter. Der står et klokkeslæt, aldrig hvem eller hvad det handler om.",
    remindDenied: "Telefonen viser ikke beskeder fra Feltbog. Tillad dem i telefonens indstillinger.",
    language: "Sprog",
    keys: "Taster",
    devices: "Enheder",
    devicesWhy: "Er en telefon blevet væk, kan alle kolleger spærre den. Intet går tabt, og lederen kan åbne den igen.",
  },

  municipality: {
    title: "Kommuner",
    why: "Hver kommune har sit eget. Intet, du skriver i den ene, kommer med i den anden.",
    show: (name: string): string => `Skift til ${name}`,
    locked: "låst",
    nameless: (number: number): string => `Kommune ${number}`,
    passphraseOf: (name: string): string => `Adgangssætning til ${name}`,
    notKept: "Det, du har begyndt på, er ikke gemt endnu. Prøv igen om lidt.",
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
};
