/** What the core tells without being asked, and in which municipality. */
export type { Told as Event } from "./generated/Told";
