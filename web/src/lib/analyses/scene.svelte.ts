// What the address of an analysis says: filters, period and score; and how to change it.
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { page } from '$app/state';
import { readView, writeView, type View } from '$lib/filters/address';
import { todayIn } from '$lib/filters/period';
import { fmt } from '$lib/format';
import type { GroupKey } from '$lib/metrics/address';
import { evidenceView } from '$lib/metrics/evidence';
import type { Definition } from '$lib/metrics/wire';
import { narrow, scoreOf, scoresOf, usualPeriod } from './scores';

export class Scene {
  readonly today = $derived(todayIn(fmt().timeZone, Date.now()));
  readonly view = $derived(readView(page.url.searchParams, usualPeriod));
  readonly scores = $derived.by(() => scoresOf(this.data().definitions));
  readonly score = $derived.by(() => scoreOf(this.data().definitions, page.url.searchParams));
  readonly narrowed = $derived(this.score && narrow(this.score.code, this.view, this.today));

  constructor(private readonly data: () => { definitions: readonly Definition[] }) {}

  changeView(next: Partial<View>): void {
    this.#show(writeView(page.url.searchParams, next, usualPeriod));
  }

  /** Puts these into the address; null takes out. */
  change(next: Record<string, string | null>): void {
    const params = new URLSearchParams(page.url.searchParams);
    for (const [name, value] of Object.entries(next)) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    this.#show(params);
  }

  /** The items of a group of the score's answers, in the stream. */
  voiceHref(key: GroupKey): string {
    if (!this.score) return resolve('/voice');
    const view = evidenceView(this.view, this.score, key, this.today);
    return `${resolve('/voice')}?${writeView(new URLSearchParams(), view)}`;
  }

  #show(params: URLSearchParams): void {
    void goto(`?${params}`, { keepFocus: true, noScroll: true, replaceState: true });
  }
}
