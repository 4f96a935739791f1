// The format of the current language and of the company. Reactive.
import type { Locale } from '$lib/i18n/plural';
import { createFormat, type Format } from './format';

/** What the company says of itself: an IANA time zone, an ISO 4217 currency. */
export type CompanyFormat = { timeZone?: string; currency?: string };

let chosen = $state.raw<{ locale: Locale } & CompanyFormat>({ locale: 'ru' });
const format = $derived(createFormat(chosen.locale, chosen.timeZone, chosen.currency));

export function fmt(): Format {
  return format;
}

/** Called by the language switch. */
export function useLocale(locale: Locale): void {
  chosen = { ...chosen, locale };
}

/** Days and hours everywhere are those of the company, and so is the money. */
export function useCompany(company: CompanyFormat): void {
  chosen = { locale: chosen.locale, ...company };
}
