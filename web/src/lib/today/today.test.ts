import { describe, expect, it } from 'vitest';
import type { Answer, Comparison, Row } from '$lib/metrics/wire';
import { partOfDay, realChanges, recentDays } from './today';

function row(topic: string | null, difference: number, verdict: Comparison['verdict']): Row {
  const comparison = { difference, low: 0, high: 0, p_value: 0.01, verdict };
  return { key: [topic], value: 10, n: 10, customers: 10, comparison };
}

describe('what changed', () => {
  it('is real, has a topic, and begins with the largest', () => {
    const rows = [
      row('little', 3, 'real'),
      row(null, 90, 'real'),
      row('chance', 40, 'not_real'),
      row('fell', -20, 'real'),
      row('few', 50, 'too_few'),
    ];
    expect(realChanges({ rows } as Answer).map((one) => one.key[0])).toEqual(['fell', 'little']);
  });

  it('covers four whole weeks', () => {
    expect(recentDays('2026-11-22')).toEqual({ from: '2026-10-26', to: '2026-11-23' });
  });
});

describe('the greeting', () => {
  it.each([
    [4, 'evening'],
    [5, 'morning'],
    [12, 'day'],
    [18, 'evening'],
  ] as const)('at %i o’clock', (hour, part) => {
    expect(partOfDay(hour)).toBe(part);
  });
});
