import { settings } from "../state/settings.svelte";
import { da, type Words } from "./da";
import { en } from "./en";

/** The texts of the chosen language. Called in markup, so that a switch is seen at once. */
export function words(): Words {
  return settings.language === "en" ? en : da;
}
