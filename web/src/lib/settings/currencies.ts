// Currencies to choose from, by their ISO 4217 codes.
import type { Option } from '$lib/components/controls/option';
import { locale } from '$lib/i18n';

/** The browser's list under the names of the reader's language, with the current one whatever it is. */
export function currencyOptions(current: string): Option[] {
  const names = new Intl.DisplayNames(locale(), { type: 'currency' });
  const codes = new Set([current, ...Intl.supportedValuesOf('currency')].filter(Boolean));
  return [...codes].sort().map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}
