import type { daProgrammeFile, daTargets } from "./da-targets";

/** What the programme aims at, in English. */
export const enTargets: typeof daTargets = {
  title: "The programme's targets",
  none: "The programme's file names no target.",
  ownOnly: "The targets are of the whole programme, and you see your own citizens only: no target is decided.",
  atLeast: (percent) => `at least ${percent} %`,
  between: (from, to) => `${from} to ${to}`,
  line: (percent) => `The target is at ${percent} %`,
  quote: (says) => `“${says}”`,
  source: (source) => `Source: ${source}`,
  titleOf: (row) => row.title_en,
  sentence: (said) => said.en,
  years: "What a year cost",
  unlike: "What does not fit together in the programme's own text",
  paper: "Save the status on one page",
  paperName: "status.pdf",
};

/** The programme's own file in English. */
export const enProgrammeFile: typeof daProgrammeFile = {
  title: "The programme's own file",
  why: "It says what the programme costs and aims at. Everybody in the municipality can read it; the leader of the employment side takes it in.",
  kept: (name, source) => `${name} holds here (after ${source}).`,
  none: "The programme has no file yet.",
  unreadable: "The file that holds cannot be read here:",
  take: "Save the file",
  name: "programme.toml",
  choose: "Take in a file",
  shipped: "Or choose one that comes with Feltbog",
  remove: "Take the file away",
  keptNow: "The file is taken in. The others have it once it is sent.",
  removed: "The file is taken away.",
  undo: "Undo",
  undone: "As before.",
  notTaken: "The file is not taken in. What held before holds still.",
};
