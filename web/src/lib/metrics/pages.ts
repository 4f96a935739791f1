// The pages of the Metrics place, in the order of its tabs.
import { resolve } from '$app/paths';
import { t } from '$lib/i18n';

export type MetricsPage =
  'explore' | 'boards' | 'drivers' | 'topics' | 'effect' | 'anomalies' | 'targets' | 'definitions';

const pages: readonly MetricsPage[] = [
  'explore',
  'boards',
  'drivers',
  'topics',
  'effect',
  'anomalies',
  'targets',
  'definitions',
];

/** The overview is the place itself; every other page has an address below it. */
export function metricsTabs(): { value: MetricsPage; label: string; href: string }[] {
  return pages.map((page) => ({
    value: page,
    label: t().metrics.pages[page],
    href: page === 'explore' ? resolve('/metrics') : `${resolve('/metrics')}/${page}`,
  }));
}
