// Answers as the charts take them.
import type { BarRow, HeatRow, TrendPoint, TrendSeries } from '$lib/components/charts/types';
import { t } from '$lib/i18n';
import { fmt } from '$lib/format';
import type { Grain } from '$lib/format/dates';
import { ascending } from 'd3-array';
import type { Against, GroupKey } from './address';
import { notationOf, toMeasure } from './measures';
import { daysOf, isGrain, offWire, within } from './time';
import type { Answer, Row } from './wire';

type Name = (dimension: string, value: string | null) => string;
type Href = (key: GroupKey) => string | undefined;

/** The key of a row, with its dimensions: what a sheet is opened by. */
export function keyOf(answer: Answer, row: Row): GroupKey {
  return row.key.map((value, index) => [answer.dimensions[index] ?? '', value]);
}

/** The row with this key in one of the answers; the empty key is all items together. */
export function findRow(answers: readonly (Answer | null)[], key: GroupKey): [Answer, Row] | null {
  for (const answer of answers) {
    if (!answer) continue;
    if (key.length === 0) return [answer, answer.overall];
    const row = answer.rows.find((one) => isSame(keyOf(answer, one), key));
    if (row) return [answer, row];
  }
  return null;
}

export function toTrend(answer: Answer, against: Against, href: Href): TrendSeries[] {
  const grain = answer.dimensions[0] as Grain;
  const rows = heardSteps(answer);
  const place = (row: Row) => {
    const key = row.key[0] ?? '';
    const label = fmt().key(grain, key);
    const partial = !isWhole(answer, grain, key);
    return {
      key,
      label: partial ? t().metrics.trend.partial(label) : label,
      short: fmt().key(grain, key, true),
      partial,
    };
  };
  const point = (row: Row): TrendPoint => ({
    ...place(row),
    ...toMeasure(row, answer.unit),
    href: href(keyOf(answer, row)),
  });
  const { thisGroup, thisSeries } = t().metrics.against;
  const series: TrendSeries[] = [
    { id: 'this', label: against.kind === 'group' ? thisGroup : thisSeries, points: rows.map(point) },
  ];
  if (against.kind !== 'nothing' && rows.some((row) => row.other)) {
    const label = t().metrics.against.otherSeries[against.kind];
    series.push({
      id: 'other',
      label,
      compare: true,
      points: rows.map((row) => ({ ...place(row), ...otherPoint(answer, row) })),
    });
  }
  return series;
}

/** Steps that have no value, with the reason. */
export function gapsOf(answer: Answer): { label: string; reason: string }[] {
  const grain = answer.dimensions[0] as Grain;
  return heardSteps(answer).flatMap((row) =>
    row.refusal
      ? [{ label: fmt().key(grain, row.key[0] ?? ''), reason: t().metrics.refusals[row.refusal].short }]
      : [],
  );
}

export function hasPartialStep(answer: Answer): boolean {
  const grain = answer.dimensions[0] as Grain;
  return heardSteps(answer).some((row) => !isWhole(answer, grain, row.key[0] ?? ''));
}

/** Groups that have a value. */
export function toBars(answer: Answer, name: Name, href: Href): BarRow[] {
  const [dimension = ''] = answer.dimensions;
  return answer.rows.filter(hasValue).map((row) => ({
    key: JSON.stringify(row.key),
    label: name(dimension, row.key[0] ?? null),
    ...toMeasure(row, answer.unit),
    href: href(keyOf(answer, row)),
  }));
}

/** The groups of most customers against the values of the other dimension. */
export function toHeat(
  answer: Answer,
  name: Name,
  href: Href,
  most: { rows: number; columns: number },
): { columns: string[]; rows: HeatRow[] } {
  const [by = '', and = ''] = answer.dimensions;
  const rows = heaviest(answer.rows, 0, most.rows);
  const heavy = heaviest(answer.rows, 1, most.columns);
  const columns = isGrain(and) ? latest(answer.rows, most.columns) : heavy;
  const cells = new Map(answer.rows.map((row) => [JSON.stringify(row.key), row]));
  const { factor } = notationOf(answer.unit);
  return {
    columns: columns.map((value) => (isGrain(and) && value ? fmt().key(and, value, true) : name(and, value))),
    rows: rows.map((value) => ({
      key: JSON.stringify(value),
      label: name(by, value),
      cells: columns.map((column) => {
        const row = cells.get(JSON.stringify([value, column]));
        if (row?.value === null || row?.value === undefined) return { value: null, n: row?.n };
        return { value: row.value * factor, n: row.n, href: href(keyOf(answer, row)) };
      }),
    })),
  };
}

export function hasValue(row: Row): boolean {
  return row.value !== null && row.value !== undefined;
}

/** The steps between the first and the last answer: years before a survey began are no gaps in it. */
function heardSteps(answer: Answer): Row[] {
  const heard = (row: Row) => row.refusal !== 'no_data' || (row.other?.n ?? 0) > 0;
  const first = answer.rows.findIndex(heard);
  return first === -1 ? [] : answer.rows.slice(first, answer.rows.findLastIndex(heard) + 1);
}

function otherPoint(answer: Answer, row: Row): Pick<TrendPoint, 'value' | 'n'> {
  if (!row.other) return { value: null };
  const { value, n } = toMeasure(row.other, answer.unit);
  return { value, n };
}

/** Whether all days of a step lie within the period: a part of a week has fewer items than a week. */
function isWhole(answer: Answer, grain: Grain, key: string): boolean {
  if (!answer.period) return true;
  const days = daysOf(grain, key);
  const inside = within(days, offWire(answer.period));
  return inside.from === days.from && inside.to === days.to;
}

function heaviest(rows: readonly Row[], place: number, most: number): (string | null)[] {
  const weights = new Map<string | null, number>();
  for (const row of rows) {
    const value = row.key[place] ?? null;
    weights.set(value, (weights.get(value) ?? 0) + row.n);
  }
  return [...weights]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([value]) => value);
}

function latest(rows: readonly Row[], most: number): (string | null)[] {
  const values = new Set(rows.flatMap((row) => row.key[1] ?? []));
  return [...values].toSorted(ascending).slice(-most);
}

function isSame(a: GroupKey, b: GroupKey): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
