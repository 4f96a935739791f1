// The language of the screen and its words: `t().shell.signOut`.
export { chooseLocale, locale, locales, preferredLocale, setLocale, t } from './current.svelte';
export type { Dictionary } from './dictionary';
export type { Locale } from './plural';
