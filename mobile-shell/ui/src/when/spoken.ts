import { words } from "../words/words.svelte";
import { clockTime, danishDate, daysAgo, wallClock, weekday } from "./wallclock";

/** *i går*, *for 12 dage siden*, *for 3 måneder siden*. */
export function relativeDay(text: string): string {
  const at = wallClock(text);
  return at ? words().when.daysAgo(daysAgo(at)) : text;
}

/** `12-03-2026`, or what was written when it is no date. */
export function dateOf(text: string): string {
  const at = wallClock(text);
  return at ? danishDate(at) : text;
}

/** `10:40`, or nothing when no hour was written. */
export function timeOf(text: string): string {
  const at = wallClock(text);
  return at?.hasTime ? clockTime(at) : "";
}

/** *i dag kl. 9:12*, *i går kl. 15:52*, *12-03-2026 kl. 10:40*. */
export function dayAndTime(text: string): string {
  const at = wallClock(text);
  if (!at) return text;
  const days = daysAgo(at);
  const day = days === 0 || days === 1 ? words().when.daysAgo(days) : danishDate(at);
  return at.hasTime ? words().when.dayAndTime(day, clockTime(at)) : day;
}

/** *torsdag 12-03-2026 kl. 10:40*. */
export function fullDay(text: string): string {
  const at = wallClock(text);
  if (!at) return text;
  const day = `${words().when.weekdays[weekday(at)]} ${danishDate(at)}`;
  return at.hasTime ? words().when.dayAndTime(day, clockTime(at)) : day;
}

/** *tor* */
export function shortWeekday(text: string): string {
  const at = wallClock(text);
  return at ? (words().when.shortWeekdays[weekday(at)] ?? "") : "";
}

/** The day of the month, `12`. */
export function dayOfMonth(text: string): string {
  return String(wallClock(text)?.day ?? "");
}

/** *marts 2026*, the heading of a month. */
export function monthOf(text: string): string {
  const at = wallClock(text);
  return at ? `${words().when.months[at.month - 1]} ${at.year}` : "";
}
