// Dates, times and the keys of days, weeks, months, quarters and years that the API speaks.
import type { Locale } from '$lib/i18n/plural';

const DAY_MS = 86_400_000;
const NO_BREAK = '\u00a0';

export type Grain = 'day' | 'week' | 'month' | 'quarter' | 'year';

export function createDates(locale: Locale, timeZone?: string) {
  const make = (options: Intl.DateTimeFormatOptions, zone = timeZone) =>
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'ru', { timeZone: zone, ...options });
  const formats = {
    date: make({ day: 'numeric', month: 'short', year: 'numeric' }),
    dateTime: make({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    time: make({ hour: '2-digit', minute: '2-digit' }),
    keyDay: make({ day: 'numeric', month: 'short', year: 'numeric' }, 'UTC'),
    keyDayLong: make({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'UTC'),
    keyDayShort: make({ day: 'numeric', month: 'short' }, 'UTC'),
    keyDayTyped: make({ day: '2-digit', month: '2-digit', year: 'numeric' }, 'UTC'),
    keyMonth: make({ month: 'long', year: 'numeric' }, 'UTC'),
    keyMonthShort: make({ month: 'short', year: '2-digit' }, 'UTC'),
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
  };

  /** «2026-11» → «ноябрь 2026»; «2026-Q4» → «IV квартал 2026»; a week by its Monday → «16–22 нояб. 2026 г.». */
  const key = (grain: Grain, value: string, short = false): string => {
    switch (grain) {
      case 'year':
        return value;
      case 'quarter':
        return quarter(locale, value, short);
      case 'month':
        return tidy((short ? formats.keyMonthShort : formats.keyMonth).format(utcDay(`${value}-01`)));
      case 'week': {
        const monday = utcDay(value);
        if (short) return tidy(formats.keyDayShort.format(monday));
        return tidy(formats.keyDay.formatRange(monday, new Date(monday.getTime() + 6 * DAY_MS)));
      }
      case 'day':
        return tidy((short ? formats.keyDayShort : formats.keyDay).format(utcDay(value)));
    }
  };

  return {
    /** A moment (UTC milliseconds) as a date in the company's time zone. */
    date: (ms: number): string => tidy(formats.date.format(ms)),
    dateTime: (ms: number): string => tidy(formats.dateTime.format(ms)),
    time: (ms: number): string => formats.time.format(ms),
    /** A day of the API, «2026-11-22», as a date. */
    day: (value: string): string => key('day', value),
    /** «воскресенье, 22 ноября 2026». */
    longDay: (value: string): string => tidy(formats.keyDayLong.format(utcDay(value))),
    /** As it is typed into a field: «22.11.2026», «22/11/2026». */
    dayTyped: (value: string): string => formats.keyDayTyped.format(utcDay(value)),
    key,
    /** Both days included. */
    dayRange: (from: string, to: string): string =>
      tidy(formats.keyDay.formatRange(utcDay(from), utcDay(to))),
    /** «3 дня назад», «завтра». */
    ago: (ms: number, now: number): string => {
      const [count, unit] = distance(ms - now);
      return formats.relative.format(count, unit);
    },
  };
}

/** A day of the API as a moment at midnight UTC, for arithmetic and for Intl with `timeZone: 'UTC'`. */
export function utcDay(value: string): Date {
  return new Date(`${value}T00:00:00Z`);
}

function quarter(locale: Locale, value: string, short: boolean): string {
  const [year = '', mark = ''] = value.split('-');
  const roman = ['I', 'II', 'III', 'IV'][Number(mark.slice(1)) - 1] ?? mark;
  if (locale === 'en') return `${mark}${NO_BREAK}${year}`;
  return `${roman}${NO_BREAK}${short ? 'кв.' : 'квартал'} ${year}`;
}

function distance(ms: number): [number, Intl.RelativeTimeFormatUnit] {
  const steps: [number, Intl.RelativeTimeFormatUnit][] = [
    [365 * DAY_MS, 'year'],
    [30 * DAY_MS, 'month'],
    [7 * DAY_MS, 'week'],
    [DAY_MS, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ];
  for (const [size, unit] of steps) {
    if (Math.abs(ms) >= size) return [Math.trunc(ms / size), unit];
  }
  return [Math.trunc(ms / 1000), 'second'];
}

/** Russian years are followed by « г.», which a dense table does not need; no break inside a date. */
function tidy(text: string): string {
  return text.replace(/\sг\.(?=,|$)/u, '').replaceAll(' ', NO_BREAK);
}
