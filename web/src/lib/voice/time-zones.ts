// Time zones to choose from, by their IANA names.
import type { Option } from '$lib/components/controls/option';

/** The browser's list, with the current one even when the browser does not know it. */
export function timeZoneOptions(current: string): Option[] {
  const names = new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')].filter(Boolean));
  return [...names].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
