import type { daPeople } from "./da-people";

/** What is said of people around a citizen, of reaching the citizen, and of a case taken out, in English. */
export const enPeople: typeof daPeople = {
  people: {
    title: (count: number): string => (count === 0 ? "Around the citizen" : `Around the citizen (${count})`),
    nobody: "Nobody stands here yet beside consultant and therapist.",
    add: "Add somebody",
    change: "Change",
    edit: (name: string): string => `Change ${name}`,
    gone: "Is around no more",
    back: "Is around again",
    until: (day: string): string => `Not around the citizen since ${day}`,
    by: (way: string): string => `best by ${way}`,
    needName: "Write a name.",
    anyWay: "Not chosen",
    fields: {
      name: "Name",
      relation: "Who is it? Mother, mentor, psychologist",
      organisation: "Works at",
      phone: "Telephone",
      email: "E-mail",
      contact_by: "Best reached by",
      note: "Good to know",
    },
    ways: { sms: "Text message", phone: "Telephone", mail: "E-mail", letter: "Letter" },
  },

  takeOut: {
    title: "Take the case out",
    why: "Everything you may see of the citizen. That it was taken out stands in the read log.",
    pdf: "As a PDF",
    json: "For another system (JSON)",
    done: "The file lies among your downloads.",
    review: (count: number): string => (count === 1 ? "1 place names others. Review it before handing it out." : `${count} places name others. Review them before handing it out.`),
    unsent: (count: number): string => (count === 1 ? "1 entry was not sent." : `${count} entries were not sent.`),
    failed: "The file was not made.",
  },

  reach: {
    call: (name: string): string => `Call ${name}`,
    text: (name: string): string => `Text ${name}`,
    how: (name: string): string => `How did it go with ${name}?`,
    spoke: "Spoke",
    texted: "Got an answer",
    noAnswer: "No answer",
    not: "Not now",
    saved: "Logged",
    spokeNote: "Spoke on the telephone.",
    remind: "Remind of the next appointment",
    send: "Open as a text message",
    withheld: "The appointment's own words are left out.",
    textedNote: "Wrote by text message.",
  },
};
