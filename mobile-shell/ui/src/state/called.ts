import { SvelteSet } from "svelte/reactivity";

/** Whom one has just called, until one has said how it went: a long call locks the door, and the question is there after it. */
export const called = new SvelteSet<string>();
