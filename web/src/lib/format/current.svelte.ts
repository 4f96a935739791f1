// The format of the current language and time zone. Reactive.
import type { Locale } from '$lib/i18n/plural';
import { createFormat, type Format } from './format';

let chosen = $state.raw<{ locale: Locale; timeZone: string | undefined }>({
  locale: 'ru',
  timeZone: undefined,
});
const format = $derived(createFormat(chosen.locale, chosen.timeZone));

export function fmt(): Format {
  return format;
}

/** Called by the language switch. */
export function useLocale(locale: Locale): void {
  chosen = { ...chosen, locale };
}

/** The company's time zone (IANA name): days and hours everywhere are those of the company. */
export function useTimeZone(timeZone: string): void {
  chosen = { ...chosen, timeZone };
}
