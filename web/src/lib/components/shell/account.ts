// Who is signed in, as the frame needs it.

export type Account = { name: string; email: string; onsignout: () => void };

/** Two letters for the round sign: «Анна Петрова» → «АП». */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
    .join('');
}
