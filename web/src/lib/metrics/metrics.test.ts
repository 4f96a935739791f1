import { beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from '$lib/filters/wire';
import { setLocale } from '$lib/i18n';
import { readMetricView, writeMetricView, type MetricView } from './address';
import { toCompare } from './compare';
import { evidenceView } from './evidence';
import { toMeasure } from './measures';
import { breakdownQuery, heatQuery, wholeQuery } from './questions';
import { findRow, gapsOf, hasPartialStep, toBars, toHeat, toTrend } from './series';
import { daysOf, fittingGrain, usualGrain, windowDays, within, yearEarlier } from './time';
import type { Answer, Definition, Row } from './wire';
import { differenceWords } from './words';

const quarter = { from: '2026-08-25', to: '2026-11-23' };
const view = { filter: 'all', period: quarter, words: 'карта' } as const;
const today = '2026-11-22';

function row(key: (string | null)[], value: number | null, rest: Partial<Row> = {}): Row {
  return { key, value, n: 40, low: null, high: null, customers: 30, ...rest };
}

function answer(dimensions: string[], rows: Row[], rest: Partial<Answer> = {}): Answer {
  return {
    metric: 'csat',
    version: 1,
    unit: 'percent',
    direction: 'more_is_better',
    dimensions,
    rows,
    overall: row([], 56),
    notes: [],
    ...rest,
  };
}

const name = (_: string, value: string | null) => value ?? 'none';
const href = (key: unknown) => JSON.stringify(key);

describe('the address of the page', () => {
  const plain: MetricView = readMetricView(new URLSearchParams('by=none'));
  const views: MetricView[] = [
    plain,
    {
      metric: 'nps',
      grain: 'week',
      by: 'segment',
      and: 'attribute:Тариф',
      against: { kind: 'group', filter: { in: { dimension: 'channel', values: ['call'] } } },
      weighed: true,
      sheet: [
        ['segment', null],
        ['month', '2026-11'],
      ],
    },
    {
      ...plain,
      metric: 'count',
      by: 'topic',
      against: { kind: 'period', days: { from: '2026-01-01', to: '2026-02-01' } },
      sheet: [],
    },
  ];

  it.each(views.map((one) => [one.metric, one] as const))('%s comes back whole', (_, one) => {
    const params = writeMetricView(new URLSearchParams('period=year'), one);
    expect(readMetricView(new URLSearchParams(params.toString()))).toEqual(one);
    expect(params.get('period')).toBe('year');
  });

  it('drops the second dimension with the first', () => {
    const params = writeMetricView(new URLSearchParams('by=segment&and=channel'), { by: null });
    expect(params.toString()).toBe('by=none');
    expect(readMetricView(params)).toMatchObject({ by: null, and: null });
    expect(readMetricView(new URLSearchParams('by=none&and=channel')).and).toBeNull();
  });

  it('breaks down by segment until somebody chooses', () => {
    expect(readMetricView(new URLSearchParams()).by).toBe('segment');
    expect(writeMetricView(new URLSearchParams('by=unit'), { by: 'segment' }).toString()).toBe('');
  });

  it('forgets what belonged to another comparison', () => {
    const params = new URLSearchParams('against=period&against-from=2026-01-01&against-to=2026-02-01');
    expect(writeMetricView(params, { against: { kind: 'year' } }).toString()).toBe('against=year');
  });

  it.each(['sheet=5', 'sheet={', 'sheet=[["a"]]', 'sheet=[["a",5]]', 'grain=decade', 'against=x'])(
    '%s is left out',
    (query) => {
      const { sheet, grain, against } = readMetricView(new URLSearchParams(query));
      expect([sheet, grain, against]).toEqual([null, null, { kind: 'previous' }]);
    },
  );
});

describe('steps of time', () => {
  it.each([
    ['day', '2026-02-28', '2026-02-28', '2026-03-01'],
    ['week', '2026-12-28', '2026-12-28', '2027-01-04'],
    ['month', '2026-12', '2026-12-01', '2027-01-01'],
    ['quarter', '2026-Q4', '2026-10-01', '2027-01-01'],
    ['year', '2026', '2026-01-01', '2027-01-01'],
  ] as const)('%s %s', (grain, key, from, to) => {
    expect(daysOf(grain, key)).toEqual({ from, to });
  });

  it('suit the period', () => {
    expect(usualGrain({ from: '2026-11-01', to: '2026-11-23' })).toBe('day');
    expect(usualGrain(quarter)).toBe('week');
    expect(usualGrain({ from: '2025-11-23', to: '2026-11-23' })).toBe('month');
    expect(usualGrain(null)).toBe('month');
    expect(fittingGrain('day', { from: '2024-01-01', to: '2026-01-01' })).toBe('week');
    expect(fittingGrain('day', quarter)).toBe('day');
  });

  it('stay within the period, and have a year before them', () => {
    expect(within({ from: '2026-08-24', to: '2026-08-31' }, quarter)).toEqual({
      from: '2026-08-25',
      to: '2026-08-31',
    });
    expect(yearEarlier({ from: '2028-02-29', to: '2028-03-01' })).toEqual({
      from: '2027-02-28',
      to: '2027-03-01',
    });
  });
});

describe('questions', () => {
  it('have both days included, as the API does', () => {
    const { query, words } = wholeQuery('nps', view, { kind: 'previous' }, today);
    expect(query.period).toEqual({ from: '2026-08-25', to: '2026-11-22' });
    expect([query.compare, words]).toEqual(['previous', 'карта']);
  });

  it('leave out a condition that is still being chosen', () => {
    const filter = { in: { dimension: 'channel', values: [] } };
    expect(wholeQuery('nps', { ...view, filter }, { kind: 'nothing' }, today).query.filter).toBe('all');
  });

  it('compare groups by one dimension, and none by two', () => {
    const whole = wholeQuery('nps', view, { kind: 'year' }, today);
    expect(breakdownQuery(whole, 'segment').query.compare).toEqual({
      period: { from: '2025-08-25', to: '2025-11-22' },
    });
    expect(heatQuery(whole, 'segment', 'month').query).toMatchObject({
      dimensions: ['segment', 'month'],
      compare: null,
    });
  });

  it('have nothing before all time', () => {
    expect(toCompare({ kind: 'previous' }, null)).toBeNull();
    expect(toCompare({ kind: 'year' }, null)).toBeNull();
    expect(toCompare({ kind: 'group', filter: 'all' }, quarter)).toBeNull();
    expect(toCompare({ kind: 'group', filter: { answered: 'nps' } }, null)).toEqual({
      filter: { answered: 'nps' },
    });
  });
});

describe('the items behind a number', () => {
  const looksAt = (filter: Filter) => filter as unknown as Definition['looks_at'];

  it('are those of the whole window of a point', () => {
    const windowed = { looks_at: looksAt('all'), window: { months: 2 } };
    const found = evidenceView(view, windowed, [['month', '2026-10']], today);
    expect([found.filter, found.period]).toEqual(['all', { from: '2026-09-01', to: '2026-11-01' }]);
    const step = { from: '2026-03-30', to: '2026-03-31' };
    expect(windowDays({ months: 1 }, step)).toEqual({ from: '2026-02-28', to: '2026-03-31' });
    expect(windowDays({ days: 7 }, step)).toEqual({ from: '2026-03-24', to: '2026-03-31' });
  });

  it('are those of the group, in its days', () => {
    const key: [string, string | null][] = [
      ['segment', null],
      ['channel', 'call'],
      ['month', '2026-11'],
    ];
    expect(evidenceView(view, { looks_at: looksAt({ answered: 'nps' }) }, key, today)).toEqual({
      filter: {
        and: [
          { answered: 'nps' },
          { missing: { dimension: 'segment' } },
          { in: { dimension: 'channel', values: ['call'] } },
        ],
      },
      period: { from: '2026-11-01', to: '2026-11-23' },
      words: 'карта',
    });
  });

  it('keep a named period that nothing narrows', () => {
    const named = { ...view, period: { name: 'year' } as const };
    expect(evidenceView(named, { looks_at: looksAt('all') }, [], today)).toEqual(named);
  });
});

describe('answers on the screen', () => {
  beforeAll(() => setLocale('ru'));

  it('show percentages as shares, and totals without n', () => {
    expect(toMeasure(row([], 56.6, { low: 50, high: 60 }), 'percent')).toMatchObject({
      value: 0.5660000000000001,
      low: 0.5,
      high: 0.6,
      n: 40,
    });
    expect(toMeasure(row([], 40), 'items')).toMatchObject({ value: 40, n: undefined, low: undefined });
    expect(toMeasure(row([], null, { refusal: 'too_few' }), 'percent').value).toBeNull();
  });

  it('draw gaps where values were refused, and name their reason', () => {
    const steps = answer(
      ['week'],
      [
        row(['2026-08-24'], 50, { other: row([], 40) }),
        row(['2026-08-31'], null, { refusal: 'too_few', n: 2 }),
      ],
      { period: { from: '2026-08-25', to: '2026-11-22' } },
    );
    const [now, before] = toTrend(steps, { kind: 'previous' }, href);
    expect(now?.points.map((point) => point.value)).toEqual([0.5, null]);
    expect(now?.points[0]?.label).toContain('не целиком');
    expect(before?.points.map((point) => point.value)).toEqual([0.4, null]);
    expect(hasPartialStep(steps)).toBe(true);
    expect(gapsOf(steps).map((gap) => gap.reason)).toEqual(['мало данных']);
  });

  it('begin a trend with the first answer', () => {
    const silent = { refusal: 'no_data', n: 0 } as const;
    const years = answer(
      ['year'],
      [row(['2023'], null, silent), row(['2024'], 50), row(['2025'], null, silent), row(['2026'], 60)],
    );
    const [now] = toTrend(years, { kind: 'nothing' }, href);
    expect(now?.points.map((point) => point.label)).toEqual(['2024', '2025', '2026']);
    expect(gapsOf(years).map((gap) => gap.label)).toEqual(['2025']);
  });

  it('make bars of the groups that have a value', () => {
    const groups = answer(['segment'], [row(['Премиальный'], 60), row([null], null, { refusal: 'no_data' })]);
    expect(toBars(groups, name, href)).toMatchObject([
      { label: 'Премиальный', value: 0.6, href: '[["segment","Премиальный"]]' },
    ]);
  });

  it('make a map of two dimensions, time in order, groups by size', () => {
    const cells = answer(
      ['segment', 'month'],
      [
        row(['a', '2026-10'], 40),
        row(['b', '2026-09'], 80, { n: 90 }),
        row(['b', '2026-10'], null, { n: 3 }),
      ],
    );
    const heat = toHeat(cells, name, href, { rows: 5, columns: 5 });
    expect(heat.rows.map((one) => [one.label, ...one.cells.map((cell) => cell.value)])).toEqual([
      ['b', 0.8, null],
      ['a', null, 0.4],
    ]);
    expect(heat.columns).toHaveLength(2);
  });

  it('find the number whose sheet is open', () => {
    const groups = answer(['segment'], [row(['a'], 60)]);
    expect(findRow([null, groups], [['segment', 'a']])?.[1].value).toBe(60);
    expect(findRow([groups], [])?.[1]).toBe(groups.overall);
    expect(findRow([groups], [['channel', 'a']])).toBeNull();
  });

  it('say a difference of percentages in points', () => {
    expect(differenceWords(3.04, 'percent')).toBe('+3,0\u00a0п. п.');
    expect(differenceWords(-12, 'items')).toBe('−12');
  });
});
