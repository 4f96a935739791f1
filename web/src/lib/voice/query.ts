// The stream's question to the API, made of what the address says.
import type { components } from '$lib/api/schema';
import type { View } from '$lib/filters/address';
import { addDays, periodDays } from '$lib/filters/period';
import { toChips, toFilter, type Dimension, type Filter } from '$lib/filters/wire';

export type FeedbackQuery = components['schemas']['FeedbackQuery'];

/** By what the stream is narrowed, in the order in which people look for it. */
export const streamDimensions: readonly Dimension[] = [
  'topic',
  'channel',
  'source',
  'unit',
  'product',
  'touchpoint',
  'segment',
  'region',
  'sentiment',
  'signal',
  'complaint',
  'nps_group',
  'language',
];

/** The API's periods include both days; a condition that is still being chosen narrows nothing. */
export function toQuery(view: View, today: string): FeedbackQuery {
  const days = periodDays(view.period, today);
  return {
    filter: onWire(chosen(view.filter)),
    search: view.words.trim() || null,
    period: days && { from: days.from, to: addDays(days.to, -1) },
  };
}

/** The API's description knows a filter only as some object; `Filter` is its shape. */
export function onWire(filter: Filter): FeedbackQuery['filter'] {
  return filter as unknown as FeedbackQuery['filter'];
}

function chosen(filter: Filter): Filter {
  return toFilter(toChips(filter).filter((chip) => chip.kind !== 'in' || chip.values.length > 0));
}

/** The address of the items of one topic. */
export function topicFilter(topic: string): Filter {
  return { in: { dimension: 'topic', values: [topic] } };
}
