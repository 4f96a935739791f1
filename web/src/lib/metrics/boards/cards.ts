// Cards: what each asks within the view of its board, where its numbers lead, how they stand and move.
import type { View } from '$lib/filters/address';
import { writeView } from '$lib/filters/address';
import { periodDays } from '$lib/filters/period';
import { toChips, toFilter, type Filter } from '$lib/filters/wire';
import { writeMetricView, type GroupKey } from '../address';
import { MOST_GROUPS, type Asked } from '../questions';
import { fittingGrain, onWire } from '../time';
import type { Query } from '../wire';
import type { Card, CardSize, Chart } from './wire';

export const charts: readonly Chart[] = ['number', 'trend', 'bars', 'heat', 'table'];
export const sizes: readonly CardSize[] = ['small', 'medium', 'wide'];
const MOST_CELLS = 600;

export function newCard(key: string): Card {
  const query: Query = { metric: 'nps', dimensions: [], filter: 'all', order: 'key', compare: 'previous' };
  return { key, title: '', chart: 'number', size: 'small', query };
}

/** The card as it can be asked: each chart has the dimensions and the step that it draws. */
export function fitting(card: Card): Card {
  const { chart, query } = card;
  const [by = 'segment', and = by === 'channel' ? 'topic' : 'channel'] = query.dimensions ?? [];
  const shaped: Record<Chart, Partial<Query>> = {
    number: { dimensions: [], grain: null, top: null, order: 'key' },
    trend: { dimensions: [], grain: query.grain ?? 'month', top: null, order: 'key' },
    bars: { dimensions: [by], grain: null, top: MOST_GROUPS, order: 'customers_desc' },
    heat: { dimensions: [by, and], grain: null, top: MOST_CELLS, order: 'customers_desc', compare: null },
    table: { dimensions: [by], grain: null, top: MOST_GROUPS, order: 'customers_desc' },
  };
  return { ...card, query: { ...query, ...shaped[chart] } };
}

/** What a card asks: its own conditions within those of the board, over the board's period. */
export function askedBy(card: Card, view: View, today: string): Asked {
  const days = periodDays(view.period, today);
  const { grain, compare } = card.query;
  const query: Query = {
    ...card.query,
    filter: filterOf(card, view),
    period: days && onWire(days),
    grain: grain ? fittingGrain(grain, days) : null,
    compare: days ? compare : null,
  };
  return { query, words: view.words };
}

export function filterOf(card: Card, view: View): Filter {
  return toFilter([...toChips(view.filter), ...toChips(card.query.filter)]);
}

/** The address at which a number of a card can be taken apart. */
export function exploreQuery(card: Card, view: View, key: GroupKey): URLSearchParams {
  const [by, and] = card.query.dimensions ?? [];
  const narrowed = { ...view, filter: filterOf(card, view) };
  return writeMetricView(writeView(new URLSearchParams(), narrowed, { name: 'days-90' }), {
    metric: card.query.metric,
    grain: card.query.grain ?? null,
    by: by ?? 'segment',
    and: and ?? null,
    sheet: key,
  });
}

/** The cards with one of them moved by so many places; at an end it stays. */
export function movedBy(cards: readonly Card[], key: string, by: number): Card[] {
  const from = cards.findIndex((card) => card.key === key);
  return movedTo(cards, key, Math.max(0, Math.min(cards.length - 1, from + by)));
}

export function movedTo(cards: readonly Card[], key: string, to: number): Card[] {
  const card = cards.find((one) => one.key === key);
  if (!card) return [...cards];
  return cards.filter((one) => one !== card).toSpliced(to, 0, card);
}

/** A key that no card has yet. */
export function freshKey(cards: readonly Card[]): string {
  const numbers = cards.map((card) => Number(card.key)).filter(Number.isInteger);
  return String(Math.max(0, ...numbers) + 1);
}
