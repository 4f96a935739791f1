// Currencies to choose from: those that the server knows, by their ISO 4217 codes.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { Option } from '$lib/components/controls/option';
import { locale } from '$lib/i18n';

export async function listCurrencies(): Promise<string[]> {
  return dataOf(await api.GET('/api/currencies'));
}

/** Under the names of the reader's language, with the current one whatever it is. */
export function currencyOptions(codes: readonly string[], current: string): Option[] {
  const names = new Intl.DisplayNames(locale(), { type: 'currency' });
  const offered = new Set([current, ...codes].filter(Boolean));
  return [...offered].sort().map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}
