import { ask, RefusedByCore } from "../bridge/core";
import type { MunicipalityRow } from "../bridge/generated/MunicipalityRow";
import { forgetMunicipality, lastMunicipality, rememberMunicipality } from "../bridge/place";
import type { Transport } from "../bridge/transport";
import { words } from "../words/words.svelte";

/** The municipalities this person is in. Most are in one, and see nothing of this. */
class Municipalities {
  rows = $state.raw<MunicipalityRow[]>([]);
  readonly shown = $derived(this.rows.find((row) => row.shown) ?? null);
  readonly others = $derived(this.rows.filter((row) => !row.shown));
  readonly several = $derived(this.rows.length > 1);

  /** Settles which one this page is about, once: every request says so from here on. */
  async settle(transport: Transport): Promise<void> {
    transport.municipality = lastMunicipality();
    try {
      await this.read();
    } catch (error) {
      if (!(error instanceof RefusedByCore) || transport.municipality === null) throw error;
      // The one shown last is not here any more.
      forgetMunicipality();
      transport.municipality = null;
      await this.read();
    }
    transport.municipality = this.shown?.municipality ?? null;
  }

  async read(): Promise<void> {
    this.rows = (await ask({ type: "municipalities" }, "municipalities")).municipalities;
  }

  /** Counted anew. The old count stands until somebody answers again. */
  async readAgain(): Promise<void> {
    await this.read().catch(() => undefined);
  }

  /** Whether something happened in another one than is shown. */
  isElsewhere(municipality: number | undefined): boolean {
    return municipality !== undefined && this.shown !== null && municipality !== this.shown.municipality;
  }

  name(row: MunicipalityRow): string {
    return row.name ?? words().municipality.nameless(row.municipality);
  }

  /** Makes the page anew with another one: nothing that was read of this one is left in memory. */
  show(row: MunicipalityRow): void {
    rememberMunicipality(row.municipality);
    history.replaceState(null, "", location.pathname);
    location.reload();
  }
}

export const municipalities = new Municipalities();
