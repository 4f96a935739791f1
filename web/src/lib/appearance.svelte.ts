// Theme and density: chosen here, kept in this browser, applied before the first paint by static/theme.js.
import { browser } from '$app/environment';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

const stored = $state({
  theme: read('theme', ['light', 'dark'], 'system'),
  density: read('density', ['compact'], 'comfortable'),
});

export const appearance = {
  get theme(): Theme {
    return stored.theme as Theme;
  },
  set theme(next: Theme) {
    stored.theme = next;
    write('theme', next, 'system');
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
