// Ready boards by role: what each of them looks at first.
import type { Filter } from '$lib/filters/wire';
import { t } from '$lib/i18n';
import type { Query } from '../wire';
import { fitting, freshKey, newCard } from './cards';
import type { Card, CardSize, Chart, Content } from './wire';

export type Role = 'manager' | 'unit' | 'executive';
export const roles: readonly Role[] = ['manager', 'unit', 'executive'];

const complaints: Filter = { in: { dimension: 'complaint', values: ['true'] } };

type Plan = [
  chart: Chart,
  size: CardSize,
  metric: string,
  dimensions?: string[],
  title?: string,
  filter?: Filter,
];

export function blankBoard(): Content {
  return {
    name: t().boards.add,
    reach: 'own',
    unit_id: null,
    period: { name: 'days-90' },
    filter: 'all',
    words: '',
    cards: [],
  };
}

/** A board of a role, of those cards whose metric the company has. */
export function readyBoard(role: Role, metrics: readonly string[]): Content {
  const cards = plans(role)
    .filter(([, , metric]) => metrics.includes(metric))
    .reduce<Card[]>((made, plan) => [...made, toCard(freshKey(made), plan)], []);
  return { ...blankBoard(), name: t().boards.templates[role], cards };
}

function toCard(key: string, [chart, size, metric, dimensions = [], title = '', filter = 'all']: Plan): Card {
  const card = newCard(key);
  // Thirteen weeks read better than four months.
  const query: Query = { ...card.query, metric, dimensions, filter, grain: 'week' };
  return fitting({ ...card, chart, size, title, query });
}

function plans(role: Role): Plan[] {
  const { titles } = t().boards.templates;
  switch (role) {
    case 'manager':
      return [
        ['number', 'small', 'nps'],
        ['number', 'small', 'csat'],
        ['number', 'small', 'complaint_share'],
        ['number', 'small', 'contact_rate'],
        ['trend', 'medium', 'nps'],
        ['trend', 'medium', 'complaint_share'],
        ['bars', 'medium', 'customers', ['topic'], titles.topics],
        ['heat', 'medium', 'customers', ['topic', 'channel'], titles.map, complaints],
        ['table', 'wide', 'csat', ['touchpoint'], titles.touchpoints],
      ];
    case 'unit':
      return [
        ['number', 'small', 'csat'],
        ['number', 'small', 'ces'],
        ['number', 'small', 'complaint_share'],
        ['number', 'small', 'count'],
        ['trend', 'wide', 'csat'],
        ['bars', 'medium', 'customers', ['topic'], titles.topics],
        ['heat', 'medium', 'complaint_share', ['touchpoint', 'channel'], titles.pains],
      ];
    case 'executive':
      return [
        ['number', 'small', 'nps'],
        ['number', 'small', 'claim_rate'],
        ['number', 'small', 'contact_share'],
        ['number', 'small', 'customers'],
        ['trend', 'medium', 'nps'],
        ['trend', 'medium', 'claim_rate'],
        ['bars', 'medium', 'nps', ['segment'], titles.segments],
        ['bars', 'medium', 'complaint_share', ['product'], titles.products],
      ];
  }
}
