import { count } from "./count";

/** What is said of sending and fetching, in Danish. */
export const daExchange = {
  login: {
    by: (when: string): string =>
      `Kommunen vil have, at du logger ind igen senest ${when}. Efter det hentes intet nyt, før du har gjort det. Det, du skriver, sendes stadig.`,
    begin: "Log ind",
    again: "Begynd forfra",
    waiting: "Log ind i det vindue, der åbnede. Åbnede der ikke noget, så åbn det her:",
    onPhone: "Log ind i telefonens browser. Den sender dig tilbage hertil.",
    page: "Åbn kommunens login",
    done: "Du er logget ind",
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
};
