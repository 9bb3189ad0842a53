/** Letters as people type them on any keyboard: *Åse*, *aase* and *ase* are the same. */
export function folded(text: string): string {
  return text
    .toLocaleLowerCase("da")
    .replace(/aa|å/g, "a")
    .replace(/ae|æ|ä/g, "e")
    .replace(/oe|ø|ö/g, "o")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

/** Whether every typed word begins a word of the text. */
export function matches(text: string, typed: string): boolean {
  const heard = folded(text).split(/[^\p{L}\p{N}]+/u);
  return folded(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .every((word) => heard.some((other) => other.startsWith(word)));
}
