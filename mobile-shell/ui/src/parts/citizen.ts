import { settings } from "../state/settings.svelte";

/** *Marianne Hansen*, or *M.H.* when only initials may be seen. */
export function citizenName(name: string): string {
  return settings.initialsOnly ? initials(name) : name;
}

function initials(name: string): string {
  return parts(name)
    .map((part) => `${part.charAt(0)}.`)
    .join("");
}

function parts(name: string): string[] {
  return name.split(/[\s-]+/).filter((part) => part !== "");
}

/** A note with the citizen's own names as letters, when only initials may be seen. What is stored stays as it is. */
export function withoutNames(text: string, name: string | null): string {
  if (!settings.initialsOnly || !name) return text;
  let masked = text;
  for (const part of parts(name).filter((part) => part.length > 1)) {
    const whole = new RegExp(`(?<!\\p{L})${part.replace(/[^\p{L}\p{N}]/gu, "\\$&")}(?=s?(?!\\p{L}))`, "gu");
    masked = masked.replace(whole, `${part.charAt(0)}.`);
  }
  return masked;
}
