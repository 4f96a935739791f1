// The language of the screen: which one, how to change it, and its words through `t()`.
import { browser } from '$app/environment';
import { useLocale } from '$lib/format';
import type { Dictionary } from './dictionary';
import type { Locale } from './plural';

const STORAGE_KEY = 'otklik.locale';

export const locales: readonly Locale[] = ['ru', 'en'];

const loaders: Record<Locale, () => Promise<Dictionary>> = {
  ru: async () => (await import('./ru')).ru,
  en: async () => (await import('./en')).en,
};

let current = $state.raw<{ locale: Locale; words: Dictionary } | null>(null);

/** The words of the current language: `t().shell.signOut`. Reactive. */
export function t(): Dictionary {
  if (!current) throw new Error('setLocale has to be awaited before the first word');
  return current.words;
}

/** The current language. Reactive. */
export function locale(): Locale {
  return current?.locale ?? 'ru';
}

/** Loads a language, shows it everywhere and remembers it in this browser. */
export async function setLocale(next: Locale, remember = true): Promise<void> {
  const words = await loaders[next]();
  useLocale(next);
  current = { locale: next, words };
  if (!browser) return;
  document.documentElement.lang = next;
  if (remember) writeStored(next);
}

/** The language chosen earlier in this browser, else the first known one of the browser's list, else English. */
export function preferredLocale(): Locale {
  return chooseLocale(readStored(), browser ? navigator.languages : []);
}

/** The rule behind `preferredLocale`: languages that Russian readers' browsers ask for fall to Russian. */
export function chooseLocale(stored: string | null, asked: readonly string[]): Locale {
  if (stored === 'ru' || stored === 'en') return stored;
  for (const tag of asked) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'ru' || language === 'be' || language === 'kk') return 'ru';
    if (language === 'en') return 'en';
  }
  return 'en';
}

function readStored(): string | null {
  try {
    return browser ? localStorage.getItem(STORAGE_KEY) : null;
  } catch {
    return null;
  }
}

function writeStored(next: Locale): void {
  try {
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    // A browser without storage keeps the choice until the page is closed.
  }
}
