// What one has to know of numbers that leave the screen: definition, period, filter, n. Whoever asks sets it, charts
// and tables below it take it along.
import { getContext, setContext } from 'svelte';

export type Fact = { name: string; value: string };

const KEY = Symbol('facts');

export function provideFacts(facts: () => Fact[]): void {
  setContext(KEY, facts);
}

/** To be called while a component is made; the facts are read when something is exported. */
export function takeFacts(): () => Fact[] {
  return getContext<(() => Fact[]) | undefined>(KEY) ?? (() => []);
}
