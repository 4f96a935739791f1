// One import, asked about until it stands still.
import { onDestroy } from 'svelte';
import { isUnderWay, loadImport, type Import } from './imports';

const EVERY_MS = 700;

export class ImportWatch {
  current = $state.raw<Import>() as Import;
  /** The last question failed; the next one is asked all the same. */
  error = $state.raw<unknown>(null);

  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(first: Import) {
    this.current = first;
    this.#plan();
    onDestroy(() => clearTimeout(this.#timer));
  }

  readonly isUnderWay = $derived(isUnderWay(this.current.state));

  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.current = await loadImport(this.current.id);
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.#plan();
  }

  #plan(): void {
    if (this.error || isUnderWay(this.current.state))
      this.#timer = setTimeout(() => void this.refresh(), EVERY_MS);
  }
}
