// One page application: nothing is rendered on a server; the words come first.
import { preferredLocale, setLocale } from '$lib/i18n';

export const ssr = false;
export const prerender = false;
export const trailingSlash = 'never';

let ready: Promise<void> | undefined;

export async function load(): Promise<void> {
  ready ??= setLocale(preferredLocale(), false);
  await ready;
}
