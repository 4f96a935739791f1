// Who is signed in, as the frame needs it.
import type { Locale } from '$lib/i18n';

export type Account = {
  name: string;
  email: string;
  onlanguage: (language: Locale) => void;
  onsignout: () => void;
};

/** Two letters for the round sign: «Анна Петрова» → «АП». */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
    .join('');
}
