import { phone } from "../bridge/phone";

/** Gives the person a file to keep where they want it; whether it got there. The name is read by whoever sits at this computer next. */
export async function saveFile(name: string, kind: string, content: BlobPart): Promise<boolean> {
  if (phone) return phone.save(name, kind, new Blob([content]));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: kind }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return true;
}

export const SPREADSHEET = "text/csv;charset=utf-8";
export const PLAIN_TEXT = "text/plain;charset=utf-8";
export const PDF = "application/pdf";

/** The bytes of what the core sends as base64. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
