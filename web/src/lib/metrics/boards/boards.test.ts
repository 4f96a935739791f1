import { beforeAll, describe, expect, it } from 'vitest';
import type { View } from '$lib/filters/address';
import { setLocale } from '$lib/i18n';
import { askedBy, exploreQuery, fitting, freshKey, movedBy, movedTo, newCard } from './cards';
import { readyBoard, roles } from './templates';

const view: View = {
  filter: { in: { dimension: 'channel', values: ['call'] } },
  period: { name: 'days-90' },
  words: 'карта',
};
const today = '2026-11-22';
const cards = ['1', '2', '3'].map(newCard);
const order = (keys: readonly { key: string }[]): string => keys.map(({ key }) => key).join('');

beforeAll(() => setLocale('ru'));

describe('cards', () => {
  it('move by places and stop at the ends', () => {
    expect(order(movedBy(cards, '1', 1))).toBe('213');
    expect(order(movedBy(cards, '1', -1))).toBe('123');
    expect(order(movedBy(cards, '3', 1))).toBe('123');
    expect(order(movedTo(cards, '3', 0))).toBe('312');
  });

  it('get a key that no card has', () => {
    expect(freshKey(cards)).toBe('4');
    expect(freshKey([])).toBe('1');
  });

  it('ask within the filter, the words and the period of their board', () => {
    const answered = { answered: 'nps' } as const;
    const card = { ...newCard('1'), query: { ...newCard('1').query, filter: answered } };
    const { query, words } = askedBy(card, view, today);
    expect(query.filter).toEqual({ and: [view.filter, answered] });
    expect(query.period).toEqual({ from: '2026-08-25', to: '2026-11-22' });
    expect(query.compare).toBe('previous');
    expect(words).toBe('карта');
    expect(askedBy(card, { ...view, period: null }, today).query.compare).toBeNull();
  });

  it('have the dimensions and the step that their chart draws', () => {
    const heat = fitting({ ...newCard('1'), chart: 'heat' });
    expect(heat.query.dimensions).toEqual(['segment', 'channel']);
    expect(fitting({ ...heat, chart: 'number' }).query).toMatchObject({ dimensions: [], grain: null });
    expect(fitting({ ...heat, chart: 'trend' }).query).toMatchObject({ dimensions: [], grain: 'month' });
  });

  it('lead to the same number on the overview', () => {
    const params = exploreQuery(newCard('1'), view, [['month', '2026-10']]);
    expect(params.get('metric')).toBe('nps');
    expect(JSON.parse(params.get('filters') ?? '')).toEqual(view.filter);
    expect(params.get('sheet')).toBe('[["month","2026-10"]]');
  });
});

describe('ready boards', () => {
  it('have cards of their own keys, of metrics that are there', () => {
    for (const role of roles) {
      const board = readyBoard(role, ['nps', 'csat', 'customers', 'complaint_share']);
      expect(board.cards.length).toBeGreaterThan(2);
      expect(new Set(board.cards.map(({ key }) => key)).size).toBe(board.cards.length);
      expect(board.cards.every(({ query }) => query.metric !== 'contact_rate')).toBe(true);
    }
  });
});
