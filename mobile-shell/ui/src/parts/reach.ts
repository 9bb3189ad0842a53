import { words } from "../words/words.svelte";

interface Reachable {
  phone: string | null;
  mail: string | null;
  /** Code of how they want to be reached. */
  by: string | null;
}

export interface Way {
  href: string;
  label: string;
  /** They asked for this one. */
  preferred: boolean;
}

/** A number as it is dialled: people write spaces and brackets into it. */
export const dialled = (phone: string | null): string => (phone ?? "").replace(/[^\d+]/g, "");

/** How to reach somebody, the preferred way first. */
export function ways({ phone, mail, by }: Reachable): Way[] {
  const all = [
    { code: "phone", href: `tel:${dialled(phone)}`, has: phone },
    { code: "sms", href: `sms:${dialled(phone)}`, has: phone },
    { code: "mail", href: `mailto:${mail}`, has: mail },
  ].filter((way) => way.has !== null);
  const found = all.map(({ code, href }) => ({ href, label: words().employer.reach[code] ?? code, preferred: code === by }));
  return found.sort((a, b) => Number(b.preferred) - Number(a.preferred));
}
