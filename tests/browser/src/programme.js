import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Names as they are: other letters, other directions, marks, very short and very long. */
const FIRST_NAMES = ["Åse", "Bo", "Ægir", "Nguyễn Thị", "عبد الرحمن", "李", "Jean-Luc", "Ø", "María José", "Χρήστος", "Zoë", "Ingeborg Margrethe Elisabeth"];
const LAST_NAMES = ["Øst-Ångström", "O'Brien", "الخطيب", "小龍", "d'Arc", "von und zu Liechtenstein-Wittgenstein-Sayn", "Hansen", "Hansen", "Þórsdóttir", "Müller \"Mulle\"", "Å", "Παπαδόπουλος"];
const KINDS = ["kontakt", "virksomhedsbesøg", "virksomhedskontakt", "notat", "ikke truffet", "ansættelsessamtale", "opfølgning", "rundbordssamtale"];
const NOTES = [
  "Vi gik en tur om pladsen, og det gik fint.",
  "Chefen sagde: \"kom igen på mandag\"; det gør vi.",
  "הגיע בזמן ודיבר עם המנהל. Aftalt: torsdag.",
  "🌻 God dag. Prøvede kassen i en halv time.",
  "",
];
const DAY_MS = 86_400_000;
const WEIGHTS = [2, 7, 6, 5, 4, 3, 2, 1];

/** The same numbers for the same seed, whenever and wherever. */
function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Writes a programme in the form of the import's CSV files. It ends on `today`, and so do its clocks. */
export async function writeProgramme(folder, { prefix, citizens, years, entriesPerYear, consultant, today, seed }) {
  const roll = dice(seed);
  const employers = Array.from({ length: Math.max(12, Math.round(citizens / 4)) }, (_, at) => employer(at, roll));
  const cases = Array.from({ length: citizens }, (_, at) => citizen(at, { prefix, years, consultant, today, roll }));
  const entries = cases.flatMap((row) => history(row, { entriesPerYear, employers, consultant, today, roll }));
  entries.forEach((entry, at) => (entry.haendelse = `${prefix.toLowerCase()}${String(at + 1).padStart(7, "0")}`));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "forloeb.csv"), csv(cases.map(({ from: _, until: __, ...row }) => row)));
  await writeFile(join(folder, "haendelser.csv"), csv(entries.map(({ haendelse, ...row }) => ({ haendelse, ...row }))));
  await writeFile(join(folder, "virksomheder.csv"), csv(employers));
  return { cases: cases.length, entries: entries.length, employers: employers.length };
}

function citizen(at, { prefix, years, consultant, today, roll }) {
  const from = enrolled(at, years, today, roll);
  const closed = at % 11 === 10;
  const until = closed ? Math.min(today, from + roll(700) * DAY_MS) : null;
  const consent = at % 3 === 0;
  return {
    from,
    until,
    sagsnr: `${prefix}-${String(at + 1).padStart(4, "0")}`,
    fornavn: FIRST_NAMES[at % FIRST_NAMES.length],
    efternavn: `${LAST_NAMES[Math.floor(at / FIRST_NAMES.length + at) % LAST_NAMES.length]}${at >= 144 ? ` ${at}` : ""}`,
    foedselsdato: date(Date.UTC(1960 + (at % 45), 1, 28)),
    kommune: "Odense",
    bydel: "Vollsmose",
    ydelse: "kontanthjælp",
    visitation: "aktivitetsparat",
    spor: at % 2 === 0 ? "psykiatri" : "rusmiddel",
    indskrevet: date(from),
    udskrevet: until === null ? "" : date(until),
    udskrivningsgrund: until === null ? "" : "flyttet",
    konsulent: consultant,
    behandler: "",
    behandlingssted: "",
    samtykke_fra: consent ? date(from) : "",
    samtykke_til: consent ? date(from + 365 * DAY_MS) : "",
    samtykke_omfang: consent ? "jobmål, fremmøde" : "",
    "jobønske": "gartner; gerne \"det grønne\"",
    aabenhed: "ingen",
  };
}

/** Boundary days first: day 30 and day 31, a leap day, the last of January, New Year's Eve, today; then any day. */
function enrolled(at, years, today, roll) {
  const leap = Date.UTC(new Date(today).getUTCFullYear() - (new Date(today).getUTCFullYear() % 4), 1, 29);
  const year = new Date(today).getUTCFullYear();
  const special = [today - 30 * DAY_MS, today - 31 * DAY_MS, leap > today ? leap - 1461 * DAY_MS : leap, Date.UTC(year, 0, 31), Date.UTC(year - 1, 11, 31), today];
  return special[at] ?? today - Math.max(40, roll(years * 365)) * DAY_MS;
}

function history(row, { entriesPerYear, employers, consultant, today, roll }) {
  const last = row.until ?? today;
  const days = Math.round((last - row.from) / DAY_MS);
  return Array.from({ length: Math.round((days / 365) * entriesPerYear) }, () => {
    const kind = KINDS[roll(KINDS.length)];
    const atEmployer = kind.startsWith("virksomhed") || kind === "ansættelsessamtale";
    const where = employers[roll(employers.length)];
    const hour = 8 + roll(8);
    return {
      haendelse: "",
      sagsnr: row.sagsnr,
      type: kind,
      tidspunkt: `${date(row.from + roll(days + 1) * DAY_MS)} ${String(hour).padStart(2, "0")}:${roll(2) === 0 ? "00" : "30"}`,
      minutter: String([0, 15, 45, 60, 1440][roll(5)]),
      sted: atEmployer ? where.navn : "Kvartershuset",
      konsulent: consultant,
      cvr: atEmployer ? where.cvr : "",
      kontaktperson: atEmployer ? where.kontaktperson : "",
      ansigt_til_ansigt: atEmployer ? "ja" : "",
      resultat: atEmployer ? "interesseret" : "",
      timer_pr_uge: "",
      stilling: "",
      varig: "",
      notat: NOTES[roll(NOTES.length)],
    };
  });
}

function employer(at, roll) {
  return {
    cvr: cvr(at),
    navn: `${["Æblehaven", "Café Ø", "Smed & Søn", "Gårdbutikken \"Kløver\""][at % 4]} ${at + 1} ApS`,
    branche: "Detailhandel",
    adresse: `Havnegade ${1 + roll(200)}`,
    postnr: "5000",
    by: "Odense C",
    kontaktperson: `${FIRST_NAMES[roll(FIRST_NAMES.length)]} ${LAST_NAMES[roll(LAST_NAMES.length)]}`,
  };
}

/** The at-th number that passes the check, in a range that is not handed out. */
function cvr(at) {
  let number = 97_000_000;
  for (let found = -1; found < at; ) {
    number += 1;
    const digits = String(number);
    if (WEIGHTS.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11 === 0) found += 1;
  }
  return String(number);
}

function date(ms) {
  const at = new Date(ms);
  return `${String(at.getUTCDate()).padStart(2, "0")}-${String(at.getUTCMonth() + 1).padStart(2, "0")}-${at.getUTCFullYear()}`;
}

function csv(rows) {
  const heads = Object.keys(rows[0]);
  const cell = (text) => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [heads, ...rows.map((row) => heads.map((head) => row[head]))].map((line) => `${line.map(cell).join(";")}\r\n`).join("");
}
