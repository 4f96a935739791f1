// Analyses: the change in the address, the words of drivers and warnings.
import { beforeEach, describe, expect, it } from 'vitest';
import { useLocale } from '$lib/format';
import { setLocale } from '$lib/i18n';
import { warningWords, weightingWords } from '$lib/metrics/validity';
import { readChange, usualChange, writeChange } from './change';
import type { DriverRow } from './wire';
import { driverSentences, pointsText } from './words';

const usual = usualChange('nps', '2026-11-22', 'up');

beforeEach(async () => {
  await setLocale('ru');
  useLocale('ru');
});

describe('the change of the address', () => {
  it('is eight weeks each side until somebody says more', () => {
    expect(readChange(new URLSearchParams(), usual)).toEqual(usual);
    expect([usual.on, usual.before_days, usual.after_days]).toEqual(['2026-09-27', 56, 56]);
  });

  it('comes back whole', () => {
    const change = {
      ...usual,
      filter: { in: { dimension: 'region' as const, values: ['Урал'] } },
      control: 'all' as const,
      on: '2026-03-01',
      settle_days: 7,
      after_days: 28,
      hypothesis: { direction: 'down' as const, smallest: 2.5, unit: 'points' as const },
    };
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(writeChange(change)))
      if (value !== null) params.set(name, value);
    expect(readChange(params, usual)).toEqual(change);
  });

  it.each(['on=2026-02-30', 'before=-7', 'after=1e9', 'size=x', 'way=left', 'unit=miles'])(
    'leaves out what cannot be read: %s',
    (query) => expect(readChange(new URLSearchParams(query), usual)).toEqual(usual),
  );
});

describe('words', () => {
  const directory = { topics: [], units: [], sources: [], attributes: [] };
  const row = (value: string, coefficient: number, significant = true): DriverRow => ({
    driver: { value: { dimension: 'region', value } },
    weight: 0.1,
    low: 0,
    high: 0.2,
    share: 0.5,
    coefficient,
    significant,
    n: 50,
    performance: 20,
    quadrant: 'keep',
  });

  it('name what pulls down and up, and leave out what chance explains', () => {
    const sentences = driverSentences(directory, [
      row('Урал', -0.4),
      row('Юг', -0.2),
      row('Центр', 0.1),
      row('Север', 0.3, false),
    ]);
    expect(sentences).toEqual([
      'Сильнее всего оценку тянут вниз «Урал» и «Юг».',
      'Вверх сильнее всего тянет «Центр».',
    ]);
    expect(driverSentences(directory, [row('Север', 0.3, false)])).toHaveLength(1);
  });

  it('give points their sign', () => {
    expect(pointsText(-1.72, 'nps_points')).toBe('−1,7');
    expect(pointsText(3, 'percent')).toBe('+3,0\u00a0п. п.');
  });

  it('say every doubt and every weight', () => {
    expect(warningWords({ code: 'small', answers: 12, minimum: 30 })).toContain('12');
    expect(warningWords({ code: 'insiders', share: 0.07 })).toContain('7\u00a0%');
    const report = { by: ['segment', 'region'], n_eff: 1121.4, left_out: 90, trimmed: true };
    expect(weightingWords(report)).toHaveLength(3);
    expect(weightingWords({ ...report, refusal: 'no_base' })).toHaveLength(1);
  });
});
