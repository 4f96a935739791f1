// Numbers, dates and durations in the language of the screen: `fmt().number(1204)` → «1 204».
export { createFormat, type Format } from './format';
export { fmt, useCompany, useLocale } from './current.svelte';
