// Theme and density: chosen here, kept in this browser, applied before the first paint by static/theme.js.
import { MediaQuery } from 'svelte/reactivity';
import { browser } from '$app/environment';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

const stored = $state({
  theme: read('theme', ['light', 'dark'], 'system'),
  density: read('density', ['compact'], 'comfortable'),
});

const prefersDark = new MediaQuery('(prefers-color-scheme: dark)', false);

export const appearance = {
  get theme(): Theme {
    return stored.theme as Theme;
  },
  set theme(next: Theme) {
    stored.theme = next;
    write('theme', next, 'system');
  },
  /** What is seen now, whoever chose it. */
  get isDark(): boolean {
    return stored.theme === 'dark' || (stored.theme === 'system' && prefersDark.current);
  },
  get density(): Density {
    return stored.density as Density;
  },
  set density(next: Density) {
    stored.density = next;
    write('density', next, 'comfortable');
  },
};

function read(key: string, known: string[], usual: string): string {
  const value = browser ? document.documentElement.dataset[key] : undefined;
  return value !== undefined && known.includes(value) ? value : usual;
}

function write(key: string, value: string, usual: string): void {
  const root = document.documentElement;
  if (value === usual) root.removeAttribute(`data-${key}`);
  else root.setAttribute(`data-${key}`, value);
  try {
    if (value === usual) localStorage.removeItem(`otklik.${key}`);
    else localStorage.setItem(`otklik.${key}`, value);
  } catch {
    // A browser without storage keeps the choice until the page is closed.
  }
}
