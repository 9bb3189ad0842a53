import { phone } from "../bridge/phone";

/** Gives the person a file to keep where they want it. The name is read by whoever sits at this computer next. */
export function saveFile(name: string, kind: string, content: BlobPart): void {
  if (phone) {
    void phone.save(name, kind, new Blob([content]));
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: kind }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export const SPREADSHEET = "text/csv;charset=utf-8";
