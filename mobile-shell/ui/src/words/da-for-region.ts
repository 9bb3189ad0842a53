/** The file for the region in Danish. */
export const daForRegion = {
  write: "Skriv tal til regionen",
  about: "Tallene er rundet ned til nærmeste 5 og gælder alt til og med det seneste kvartal, der er forbi. Ingen enkelt borger kan læses ud af dem. Enheden skriver under på filen.",
  written: (day: string): string => `Filen er skrevet: alt til og med ${day}.`,
  fingerprint: "Kommunens fingeraftryk, som regionen skal have på sin liste:",
  byHand: "Giv det én gang, pr. telefon eller brev, og ikke sammen med filen.",
  file: (day: string): string => `tal-til-regionen-${day}.json`,
};
