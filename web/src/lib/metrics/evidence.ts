// The items behind a number, as a view of the stream: the list's filter is the number's filter.
import type { View } from '$lib/filters/address';
import { periodDays, type Period } from '$lib/filters/period';
import { toChips, toFilter, type Filter, type Score } from '$lib/filters/wire';
import type { GroupKey } from './address';
import { daysOf, isGrain, within } from './time';
import type { Formula } from './wire';

/** The view of the items that a group's value was made of. */
export function evidenceView(view: View, formula: Formula, key: GroupKey, today: string): View {
  const filters = [view.filter, looksAt(formula), ...conditions(key)];
  return {
    filter: toFilter(filters.flatMap(toChips)),
    period: narrowed(view.period, key, today),
    words: view.words,
  };
}

/** Which items a formula looks at. */
export function looksAt(formula: Formula): Filter {
  switch (formula.kind) {
    case 'nps':
      return { answered: 'nps' };
    case 'score_mean':
    case 'score_share':
      return { answered: formula.score as Score };
    case 'complaint_rate':
      return { in: { dimension: 'complaint', values: ['true'] } };
    case 'items':
    case 'customers':
    case 'complaint_share':
    case 'contact_rate':
    case 'contact_share':
      return 'all';
  }
}

function conditions(key: GroupKey): Filter[] {
  return key
    .filter(([dimension]) => !isGrain(dimension))
    .map(([dimension, value]) =>
      value === null ? { missing: { dimension } } : { in: { dimension, values: [value] } },
    );
}

function narrowed(period: Period, key: GroupKey, today: string): Period {
  const days = periodDays(period, today);
  return key.reduce<Period>((narrowest, [dimension, value]) => {
    if (!isGrain(dimension) || value === null) return narrowest;
    return within(daysOf(dimension, value), days);
  }, period);
}
