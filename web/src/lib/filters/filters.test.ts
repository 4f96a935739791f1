import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale } from '$lib/i18n';
import { readView, writeView } from './address';
import { dimensionLabel, valueLabel } from './labels';
import { isDay, periodDays, previousDays, todayIn } from './period';
import { parseFilter, toChips, toFilter, withValues, type Filter } from './wire';

const calls: Filter = { in: { dimension: 'channel', values: ['call', 'chat'] } };

describe('chips', () => {
  const filters: Filter[] = [
    'all',
    calls,
    { and: [calls, { not: { in: { dimension: 'topic', values: ['t1'] } } }] },
    { and: [{ missing: { dimension: 'segment' } }, { not: { missing: { dimension: 'attribute:plan' } } }] },
    { and: [{ range: { score: 'nps', low: 0, high: 6 } }, { not: { answered: 'ces' } }] },
    { and: [calls, { or: [{ answered: 'nps' }, { answered: 'csat' }] }] },
    { not: { not: calls } },
  ];

  it.each(filters.map((filter) => [JSON.stringify(filter), filter] as const))('%s survives', (_, filter) => {
    expect(toFilter(toChips(filter))).toEqual(filter);
  });

  it('flatten what means the same', () => {
    expect(toFilter(toChips({ and: [{ and: [calls] }, 'all'] }))).toEqual(calls);
  });

  it('set the values of one dimension and keep the rest', () => {
    const both: Filter = { and: [calls, { answered: 'nps' }] };
    expect(withValues(both, 'channel', ['email'])).toEqual({
      and: [{ answered: 'nps' }, { in: { dimension: 'channel', values: ['email'] } }],
    });
    expect(withValues(both, 'channel', [])).toEqual({ answered: 'nps' });
    expect(withValues('all', 'channel', [])).toBe('all');
  });
});

describe('what an address may hold', () => {
  it.each([
    '',
    '{',
    '5',
    'null',
    '[]',
    '{"in":{"dimension":"channel"}}',
    '{"and":5}',
    '{"answered":"x"}',
    '{"items":[1]}',
  ])('%j is no filter', (text) => {
    expect(parseFilter(text)).toBeNull();
  });
});

describe('the address of a view', () => {
  const usual = { name: 'days-90' } as const;

  it('comes back whole', () => {
    const view = {
      filter: calls,
      period: { from: '2026-09-01', to: '2026-10-01' },
      words: 'не пришла карта',
    };
    const params = writeView(new URLSearchParams('tab=map'), view, usual);
    expect(readView(new URLSearchParams(params.toString()), usual)).toEqual(view);
    expect(params.get('tab')).toBe('map');
  });

  it('leaves out what is usual', () => {
    const params = writeView(
      new URLSearchParams('q=x&period=year'),
      { filter: 'all', period: usual, words: ' ' },
      usual,
    );
    expect(params.toString()).toBe('');
    expect(readView(params, usual)).toEqual({ filter: 'all', period: usual, words: '' });
  });

  it('tells all time from the usual period', () => {
    const params = writeView(new URLSearchParams(), { period: null }, usual);
    expect(params.toString()).toBe('period=any');
    expect(readView(params, usual).period).toBeNull();
  });

  it('replaces one kind of period by another', () => {
    const own = writeView(new URLSearchParams('period=year'), {
      period: { from: '2026-01-01', to: '2026-02-01' },
    });
    expect(own.toString()).toBe('from=2026-01-01&to=2026-02-01');
    expect(writeView(own, { period: { name: 'month' } }).toString()).toBe('period=month');
  });

  it.each(['from=2026-02-30&to=2026-03-05', 'from=2026-03-05&to=2026-03-01', 'period=decade', 'from=x'])(
    '%s falls back',
    (query) => {
      expect(readView(new URLSearchParams(query), usual).period).toEqual(usual);
    },
  );
});

describe('periods', () => {
  it.each([
    ['days-7', '2026-11-16', '2026-11-23'],
    ['days-90', '2026-08-25', '2026-11-23'],
    ['months-12', '2025-12-01', '2026-11-23'],
    ['month', '2026-11-01', '2026-11-23'],
    ['quarter', '2026-10-01', '2026-11-23'],
    ['year', '2026-01-01', '2026-11-23'],
  ] as const)('%s', (name, from, to) => {
    expect(periodDays({ name }, '2026-11-22')).toEqual({ from, to });
  });

  it('have one before them', () => {
    expect(previousDays({ from: '2026-03-01', to: '2026-03-31' })).toEqual({
      from: '2026-01-30',
      to: '2026-03-01',
    });
  });

  it('know the day of the company', () => {
    const evening = Date.UTC(2026, 10, 22, 22);
    expect(todayIn('Europe/Moscow', evening)).toBe('2026-11-23');
    expect(todayIn('UTC', evening)).toBe('2026-11-22');
  });

  it('are made of real days', () => {
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2026-2-1')).toBe(false);
  });
});

describe('labels', () => {
  beforeAll(() => setLocale('ru'));

  it('name dimensions, and attributes as the company did', () => {
    expect(['channel', 'attribute:Тариф', 'toString'].map(dimensionLabel)).toEqual([
      'Канал',
      'Тариф',
      'toString',
    ]);
  });

  it('name the values that have words, and show the others as they are', () => {
    expect(valueLabel('channel', 'call')).toBe('звонок');
    expect(valueLabel('channel', 'own')).toBe('own');
    expect(valueLabel('segment', null)).toBe('не указано');
    expect(valueLabel('month', '2026-11')).toBe('ноябрь\u00a02026');
  });
});
