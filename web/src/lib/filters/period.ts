// Periods: a named one stays current in a link («last 90 days»), an own one is two days. Half open, as in the API.

export type NamedPeriod = 'days-7' | 'days-30' | 'days-90' | 'months-12' | 'month' | 'quarter' | 'year';
export type Period = { name: NamedPeriod } | { from: string; to: string } | null;
export type Days = { from: string; to: string };

export const namedPeriods: readonly NamedPeriod[] = [
  'days-7',
  'days-30',
  'days-90',
  'months-12',
  'month',
  'quarter',
  'year',
];

/** The days of a period as the API takes them: `from` included, `to` not. Null is all time. */
export function periodDays(period: Period, today: string): Days | null {
  if (period === null) return null;
  if ('from' in period) return period;
  const to = addDays(today, 1);
  const [year, month] = yearMonth(today);
  switch (period.name) {
    case 'days-7':
      return { from: addDays(to, -7), to };
    case 'days-30':
      return { from: addDays(to, -30), to };
    case 'days-90':
      return { from: addDays(to, -90), to };
    case 'months-12':
      return { from: firstOfMonth(year, month - 11), to };
    case 'month':
      return { from: firstOfMonth(year, month), to };
    case 'quarter':
      return { from: firstOfMonth(year, month - (month % 3)), to };
    case 'year':
      return { from: firstOfMonth(year, 0), to };
  }
}

/** The equally long period right before. */
export function previousDays(days: Days): Days {
  const length = Math.round((Date.parse(days.to) - Date.parse(days.from)) / 86_400_000);
  return { from: addDays(days.from, -length), to: days.from };
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** A real day in the wire form: not «2026-02-30». */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

/** Today in a time zone, in the wire form. */
export function todayIn(timeZone: string | undefined, now: number): string {
  return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(now);
}

function yearMonth(day: string): [year: number, month: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
}

function firstOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
