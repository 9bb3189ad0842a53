import type { FidelityPage } from "../bridge/generated/FidelityPage";

/** A review's file to be filled in by hand: every item that nobody has scored, its lines to be taken into use by taking the `#` away. */
export function reviewForm({ from, to, items }: FidelityPage, nameOf: (item: FidelityPage["items"][number]) => string, says: string): string {
  const head = [`# ${says}`, "", `from = "${from}"`, `to = "${to}"`, "# full_time = 2.5", '# meetings_reviewed = "weekly"'];
  const open = items.filter((item) => item.points === null && !item.counted);
  const lines = open.flatMap((item) => ["", `# ${item.number}. ${nameOf(item)}`, "# [[scores]]", `# item = ${item.number}`, "# points = 3", '# note = ""']);
  return `${[...head, ...lines].join("\n")}\n`;
}
