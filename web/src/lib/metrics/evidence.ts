// The items behind a number, as a view of the stream: the list's filter is the number's filter.
import type { View } from '$lib/filters/address';
import { periodDays, type Period } from '$lib/filters/period';
import { toChips, toFilter, type Filter } from '$lib/filters/wire';
import type { GroupKey } from './address';
import { daysOf, isGrain, windowDays, within } from './time';
import type { Definition, Window } from './wire';

/** What of a definition says which items stand behind its numbers. */
type Looks = Pick<Definition, 'looks_at' | 'window'>;

/** The view of the items that a group's value was made of. */
export function evidenceView(view: View, looks: Looks, key: GroupKey, today: string): View {
  const filters = [view.filter, looks.looks_at as unknown as Filter, ...conditions(key)];
  return {
    filter: toFilter(filters.flatMap(toChips)),
    period: narrowed(view.period, key, looks.window, today),
    words: view.words,
  };
}

function conditions(key: GroupKey): Filter[] {
  return key
    .filter(([dimension]) => !isGrain(dimension))
    .map(([dimension, value]) =>
      value === null ? { missing: { dimension } } : { in: { dimension, values: [value] } },
    );
}

function narrowed(period: Period, key: GroupKey, window: Window | null | undefined, today: string): Period {
  const days = periodDays(period, today);
  return key.reduce<Period>((narrowest, [dimension, value]) => {
    if (!isGrain(dimension) || value === null) return narrowest;
    const step = within(daysOf(dimension, value), days);
    return window ? windowDays(window, step) : step;
  }, period);
}
