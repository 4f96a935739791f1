import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale } from '$lib/i18n';
import type { Metric, RecordedEvent } from './backlog';
import type { Company } from './company';
import { actorName, tell } from './history';

const metric: Metric = {
  code: 'claim_rate',
  version: 1,
  name: { ru: 'ClaimRate', en: 'ClaimRate' },
  description: { ru: '', en: '' },
  unit: 'rate',
  direction: 'less_is_better',
  formula: { kind: 'items' },
  looks_at: {},
};
const anna = { id: 'p1', name: 'Анна', email: 'a@b.c', created_at: 0, grants: [], has_password: true };
const company: Company = {
  directory: { topics: [], units: [], sources: [], attributes: [] },
  people: [anna],
  metrics: [metric],
};
const planA = { id: 's1', place: 0, title: 'Скрипт' };
const planB = { id: 's2', place: 1, title: 'Форма' };

function event(kind: string, detail: object): RecordedEvent {
  return {
    id: 'e',
    problem_id: 'p',
    at: 0,
    actor_kind: 'person',
    actor_id: 'p1',
    kind,
    detail: detail as RecordedEvent['detail'],
  };
}

function sentence(kind: string, detail: object): string {
  const { what, said } = tell(event(kind, detail), company);
  return (said ? `${what} | ${said}` : what).replaceAll('\u00a0', ' ');
}

describe('the history in Russian', () => {
  beforeAll(() => setLocale('ru'));

  it.each([
    [
      'problem_created',
      { title: 'Перевод идёт третий день' },
      'Проблема записана | Перевод идёт третий день',
    ],
    [
      'problem_changed',
      {
        changes: [
          { field: 'owner_id', from: null, to: 'p1' },
          { field: 'churn_share', from: 0.1, to: 0.05 },
        ],
      },
      'Владелец: Анна; доля уходящих: 10,0 % → 5,0 %',
    ],
    ['criticality_set', { from: null, to: 'churn_likely', reason: '' }, 'Критичность: Часто уходят'],
    ['solution_added', { solution: planB }, 'Добавлен план Б «Форма»'],
    [
      'solution_changed',
      { solution: planA, changes: [{ field: 'hypothesis', from: null, to: {} }] },
      'Изменён план А «Скрипт»: гипотеза: новый текст',
    ],
    [
      'verdict_signed',
      { solution: planA, proposed: 'no_effect', signed: 'no_effect', comment: '', next_check_on: null },
      'Подписан вердикт «без эффекта»: план А «Скрипт».',
    ],
    [
      'verdict_signed',
      {
        solution: planA,
        proposed: 'worked',
        signed: 'cannot_tell',
        comment: 'Рано',
        next_check_on: '2026-12-01',
      },
      'Подписан вердикт «пока не ясно», хотя предложено «сработало»: план А «Скрипт». Следующая проверка 1 дек. 2026. | Рано',
    ],
    ['plan_promoted', { from: planA, to: planB }, 'План А выбыл, текущим стал план Б «Форма»'],
    [
      'solution_dropped',
      { solution: { ...planA, place: null }, reason: 'Дорого' },
      'Снят план «Скрипт» | Дорого',
    ],
    [
      'problem_returned',
      { solution: planA, since: '2026-12-01' },
      'Проблема возвращается: хуже с 1 дек. 2026, хотя её решил план А «Скрипт»',
    ],
    ['alarm_dismissed', { reason: 'Летом так всегда' }, 'Тревога отклонена | Летом так всегда'],
    ['something_new', {}, 'Something_new'],
  ])('%s', (kind, detail, expected) => {
    expect(sentence(kind, detail)).toBe(expected);
  });

  it('names who did it', () => {
    expect(actorName(event('problem_created', {}), company)).toBe('Анна');
    expect(actorName({ ...event('verdict_proposed', {}), actor_kind: 'system', actor_id: '' }, company)).toBe(
      'Система',
    );
  });
});

describe('the history in English', () => {
  beforeAll(() => setLocale('en'));

  it.each([
    ['plan_promoted', { from: planA, to: planB }, 'Plan A is out, plan B “Форма” is current'],
    ['item_marked', { item: 1204, mark: 'excluded' }, 'Item no. 1,204 taken out'],
    [
      'hypothesis_fixed',
      {
        solution: planA,
        hypothesis: {
          metric_code: 'claim_rate',
          direction: 'down',
          smallest_effect: 20,
          unit: 'percent',
          check_on: '2026-12-01',
        },
      },
      'Hypothesis fixed, check on 1 Dec 2026: plan A “Скрипт” | ClaimRate falls by at least 20%',
    ],
  ])('%s', (kind, detail, expected) => {
    expect(sentence(kind, detail)).toBe(expected);
  });
});
