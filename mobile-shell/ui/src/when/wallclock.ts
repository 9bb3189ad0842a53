/** A day and a time as the clock on the wall showed them where it happened. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  hasTime: boolean;
}

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/;

/**
 * Reads `2026-03-02T10:00:00+01:00` or `2026-03-02`. The written hour is kept as it stands: an entry from
 * "kl. 10" still says 10 when it is read in another time zone. Only UTC is turned into Danish time.
 */
export function wallClock(text: string): WallClock | null {
  const found = WRITTEN.exec(text);
  if (!found) return null;
  if (text.endsWith("Z")) return fromDate(new Date(text));
  const [, year, month, day, hour, minute] = found;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    hasTime: hour !== undefined,
  };
}

/** Denmark's clock, also on a computer that is set to another zone: it is where the work is done. */
const DENMARK = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Copenhagen",
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
});

export function fromDate(date: Date): WallClock {
  const parts = DENMARK.formatToParts(date);
  const read = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return { year: read("year"), month: read("month"), day: read("day"), hour: read("hour"), minute: read("minute"), hasTime: true };
}

const two = (number: number): string => String(number).padStart(2, "0");

/** `12-03-2026` */
export function danishDate(at: WallClock): string {
  return `${two(at.day)}-${two(at.month)}-${at.year}`;
}

/** `2026-03-12` */
export function isoDay(at: WallClock): string {
  return `${at.year}-${two(at.month)}-${two(at.day)}`;
}

/** The day so many days later, or earlier: `2026-03-12`. */
export function daysAfter(iso: string, days: number): string {
  const at = wallClock(iso);
  return at ? new Date(Date.UTC(at.year, at.month - 1, at.day + days)).toISOString().slice(0, 10) : iso;
}

/** The seven days of the week a day is in, from Monday. */
export function daysOfWeek(iso: string): string[] {
  const at = wallClock(iso);
  const monday = at ? daysAfter(iso, -weekday(at)) : iso;
  return [0, 1, 2, 3, 4, 5, 6].map((days) => daysAfter(monday, days));
}

/** `10:40` */
export function clockTime(at: WallClock): string {
  return `${two(at.hour)}:${two(at.minute)}`;
}

/** 0 is Monday. */
export function weekday(at: WallClock): number {
  return (new Date(Date.UTC(at.year, at.month - 1, at.day)).getUTCDay() + 6) % 7;
}

/** The ISO week: the one that holds the year's first Thursday is number 1. */
export function isoWeek(at: WallClock): number {
  const thursday = new Date(Date.UTC(at.year, at.month - 1, at.day + 3 - weekday(at)));
  const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - firstDay) / 604_800_000);
}

/** Whole days from the day of `at` to today; negative when it lies ahead. */
export function daysAgo(at: WallClock, now: Date = new Date()): number {
  const then = Date.UTC(at.year, at.month - 1, at.day);
  const today = fromDate(now);
  return Math.round((Date.UTC(today.year, today.month - 1, today.day) - then) / 86_400_000);
}
