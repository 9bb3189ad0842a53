/** What stands on *Overblik* beside its figures: fetched when somebody goes there, so that the first screen does not wait for it. */
export { default as Charts } from "./Charts.svelte";
export { default as Fidelity } from "./Fidelity.svelte";
export { default as ForRegion } from "./ForRegion.svelte";
export { default as ProgrammeFile } from "./ProgrammeFile.svelte";
export { default as Survey } from "./Survey.svelte";
export { default as Targets } from "./Targets.svelte";
