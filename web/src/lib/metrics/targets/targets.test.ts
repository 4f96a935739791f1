import { beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from '$lib/filters/wire';
import { setLocale } from '$lib/i18n';
import type { Answer, Definition } from '../wire';
import { fitsGrain, marksOf, targetOf } from './match';
import type { Marks, Progress, Target } from './wire';
import { progressWords, targetLine } from './words';

const definition = {
  code: 'csat',
  unit: 'percent',
  direction: 'more_is_better',
  formula: { kind: 'score_share', score: 'csat', from: 4 },
} as Definition;

function target(missing: number | null, rest: Partial<Progress> = {}, unit: string | null = null): Target {
  const progress: Progress = { month: '2026-10', n: 100, missing, ...rest };
  const content = { metric: 'csat', value: 85, due_on: '2026-12-31', unit_id: unit, note: '' };
  const version = { id: 't', version: 1, dropped: false, set_at: 0, set_by: 'p' };
  return { ...version, content: { ...content, filter: 'all' }, progress, error: null };
}

beforeAll(() => setLocale('ru'));

describe('targets', () => {
  it('belong to exactly the items that they were set for', () => {
    const cards: Filter = { in: { dimension: 'unit', values: ['u'] } };
    const [whole, part] = [target(1), target(1, {}, 'u')];
    expect(targetOf([whole, part], 'csat', 'all')).toBe(whole);
    expect(targetOf([whole, part], 'csat', cards)).toBe(part);
    expect(targetOf([whole], 'csat', cards)).toBeNull();
    expect(targetOf([whole], 'nps', 'all')).toBeNull();
  });

  it('of what grows with time stand on months only', () => {
    expect(fitsGrain(definition, 'week')).toBe(true);
    const rate = { ...definition, formula: { kind: 'rate', base: 'customers', per: 100 } } as Definition;
    expect([fitsGrain(rate, 'week'), fitsGrain(rate, 'month')]).toEqual([false, true]);
  });

  it('say what is missing, and when they are reached only where the trend is certain', () => {
    expect(targetLine(target(3), 'percent')).toContain('85,0');
    expect(progressWords(target(3), definition).join('; ')).toBe(
      'не хватает 3,0\u00a0п. п.; уверенного тренда за год не видно',
    );
    const trend = { per_month: 1, p_value: 0.01, arrives: '2027-03' };
    expect(progressWords(target(3, { trend }), definition)[1]).toMatch(/март\s2027.*после срока/);
    const away = { per_month: -1, p_value: 0.01, arrives: null };
    expect(progressWords(target(3, { trend: away }), definition)[1]).toBe('тренд ведёт в другую сторону');
    expect(progressWords(target(0), definition)).toEqual(['цель достигнута']);
    expect(progressWords(target(null), definition)).toEqual([]);
  });
});

describe('marks', () => {
  it('stand at the step in which they happened', () => {
    const rows = ['2026-09', '2026-10'].map((key) => ({ key: [key], n: 1, customers: 1 }));
    const answer = { dimensions: ['month'], rows } as unknown as Answer;
    const marks = {
      releases: [
        { on: '2026-10-31', name: 'План А', problem: 'p', number: 1 },
        { on: '2026-11-01', name: 'План Б', problem: 'p', number: 1 },
      ],
      incidents: [{ content: { on: '2026-09-01', kind: 'outage', name: 'Сбой' } }],
    } as Marks;
    expect(marksOf(answer, marks)).toEqual([
      { key: '2026-10', kind: 'release', label: 'План А' },
      { key: '2026-09', kind: 'incident', label: 'Сбой: Сбой' },
    ]);
  });
});
