import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale } from '$lib/i18n';
import { lookOf } from './state';

const counts = { read: 3, new: 0, unchanged: 0, updated: 0, refused: 0 };

describe('how an import looks', () => {
  beforeAll(() => setLocale('en', false));

  it.each([
    ['done', 0, 'good'],
    ['done', 2, 'good'],
    ['done', 3, 'warn'],
    ['running', 3, 'accent'],
    [null, 0, 'plain'],
  ] as const)('%s with %i of 3 rows refused: %s', (state, refused, tone) => {
    expect(lookOf({ state, counts: { ...counts, refused } }).tone).toBe(tone);
  });
});
