// Builds the formatting functions of one language, time zone and currency; Intl does the work.
import type { Locale } from '$lib/i18n/plural';
import { createDates } from './dates';

export type Format = ReturnType<typeof createFormat>;

const MINUS = '\u2212';
const NO_BREAK = '\u00a0';
const NARROW = '\u202f';

/** Wire values may be missing: an em dash stands for «no value». */
const NONE = '—';

const durationUnits = {
  ru: { d: 'д', h: 'ч', m: 'мин', s: 'с', ms: 'мс' },
  en: { d: 'd', h: 'h', m: 'min', s: 's', ms: 'ms' },
} as const;

const byteUnits = {
  ru: ['Б', 'КБ', 'МБ', 'ГБ', 'ТБ'],
  en: ['B', 'KB', 'MB', 'GB', 'TB'],
} as const;

export function createFormat(locale: Locale, timeZone?: string, currency = 'RUB') {
  const number = decimals(locale);
  const sum = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  });

  /** 1204 → «1 204»; −3.14 with one digit → «−3,1». */
  const plain = (value: number | null | undefined, digits = 0): string =>
    value === null || value === undefined || !Number.isFinite(value)
      ? NONE
      : typographic(number(digits).format(value));

  /** Always with its sign: «+3,1», «−2», and «0» without one. */
  const signed = (value: number | null | undefined, digits = 0): string => {
    if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
    const text = plain(Math.abs(value), digits);
    const isZero = Number(Math.abs(value).toFixed(digits)) === 0;
    return isZero ? text : `${value > 0 ? '+' : MINUS}${text}`;
  };

  /** A share of one as a percentage: 0.123 → «12,3 %» in Russian, «12.3%» in English. */
  const percent = (share: number | null | undefined, digits = 1): string =>
    share === null || share === undefined || !Number.isFinite(share)
      ? NONE
      : plain(share * 100, digits) + (locale === 'ru' ? `${NO_BREAK}%` : '%');

  return {
    locale,
    timeZone,
    number: plain,
    signed,
    percent,
    compact: (value: number): string =>
      typographic(
        new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value),
      ),
    /** A sum in the company's currency, without its hundredths: «2 487 731 ₽». */
    money: (value: number): string => typographic(sum.format(value)),
    /** The sign of the company's currency: «₽». */
    currencySign: sum.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency,
    /** The interval of a value: «±3» when it is symmetric at the digits shown, else «38…45». */
    interval: (value: number, low: number, high: number, digits = 0): string => {
      const below = (value - low).toFixed(digits);
      const above = (high - value).toFixed(digits);
      return below === above
        ? `±${plain(Number(above), digits)}`
        : `${plain(low, digits)}…${plain(high, digits)}`;
    },
    range: (low: number, high: number, digits = 0): string => `${plain(low, digits)}…${plain(high, digits)}`,
    list: (items: string[]): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
    duration: (ms: number): string => duration(ms, locale, plain),
    bytes: (bytes: number): string => {
      const units = byteUnits[locale];
      const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
      const value = bytes / 1024 ** step;
      return `${plain(value, step === 0 || value >= 100 ? 0 : 1)}${NO_BREAK}${units[step] ?? ''}`;
    },
    ...createDates(locale, timeZone),
  };
}

function decimals(locale: Locale): (digits: number) => Intl.NumberFormat {
  const made = new Map<number, Intl.NumberFormat>();
  return (digits) => {
    const known = made.get(digits);
    if (known) return known;
    const created = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    made.set(digits, created);
    return created;
  };
}

/** The two largest units: «2 ч 5 мин», «340 мс». */
function duration(ms: number, locale: Locale, plain: (value: number, digits?: number) => string): string {
  const unit = durationUnits[locale];
  if (ms < 1000) return `${plain(ms)}${NO_BREAK}${unit.ms}`;
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), unit.d],
    [Math.floor((seconds % 86_400) / 3600), unit.h],
    [Math.floor((seconds % 3600) / 60), unit.m],
    [seconds % 60, unit.s],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${plain(count)}${NO_BREAK}${name}`)
    .join(' ');
}

/** A real minus, and thousands that never break over a line. */
function typographic(text: string): string {
  return text.replace('-', MINUS).replaceAll(NARROW, NO_BREAK);
}
