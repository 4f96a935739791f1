import { beforeAll, describe, expect, it } from 'vitest';
import type { View } from '$lib/filters/address';
import { setLocale } from '$lib/i18n';
import type { Plan, PlanState } from './backlog';
import { draftErrors, earliestCheck, newDraft, wholeHypothesis } from './draft';
import { withGaps } from './effect';
import { evidenceOf, isEmpty, viewOf } from './evidence';
import { moved } from './order';
import { readBacklogView, toProblemQuery, writeBacklogView } from './query';

function plan(id: string, state: PlanState): Plan {
  return { id, state, title: id, description: '', problem_id: 'p', is_current: false, version: 1 };
}

describe('moving plans', () => {
  const plans = [plan('a', 'judged'), plan('b', 'draft'), plan('c', 'in_gate'), plan('d', 'draft')];

  it.each([
    ['b', 3, ['a', 'c', 'd', 'b']],
    ['d', 1, ['a', 'd', 'b', 'c']],
    ['b', 0, null],
    ['a', 1, null],
    ['b', 1, null],
    ['b', 9, null],
    ['x', 1, null],
  ])('%s to %d', (id, to, expected) => {
    expect(moved(plans, id, to)).toEqual(expected);
  });
});

describe('a hypothesis being written', () => {
  beforeAll(() => setLocale('ru'));

  it('begins with a check date that can be kept', () => {
    const draft = newDraft(undefined, '2026-11-22');
    expect(draft.check_on).toBe(earliestCheck(draft, '2026-11-22'));
    expect(draft.check_on).toBe('2027-02-04');
  });

  it('says what is missing, and is sent only whole', () => {
    const draft = { ...newDraft(undefined, '2026-11-22'), smallest_effect: 0, check_on: null };
    expect(Object.keys(draftErrors(draft))).toEqual(['change', 'smallest_effect', 'check_on']);
    expect(wholeHypothesis(draft)).toBeNull();
    const whole = { ...newDraft(undefined, '2026-11-22'), change: ' Новый скрипт ' };
    expect(wholeHypothesis(whole)?.change).toBe('Новый скрипт');
  });
});

describe('evidence from a list of items', () => {
  const topic = { in: { dimension: 'topic', values: ['t1'] } };
  const chat = { in: { dimension: 'channel', values: ['chat'] } };

  it('takes topics apart from the rest of the filter', () => {
    const view: View = { filter: { and: [topic, chat] }, words: ' завис ', period: { name: 'days-30' } };
    const evidence = evidenceOf(view, '2026-11-22');
    expect(evidence).toEqual({ topics: ['t1'], filter: chat, search: 'завис', days: 30 });
    expect(viewOf(evidence, '2026-11-22')).toEqual({
      filter: { and: [topic, chat] },
      words: 'завис',
      period: { from: '2026-10-24', to: '2026-11-23' },
    });
  });

  it('of everything is nothing', () => {
    expect(isEmpty(evidenceOf({ filter: 'all', words: '', period: null }, '2026-11-22'))).toBe(true);
  });
});

describe('the address of the backlog', () => {
  it('keeps the view and leaves out what is usual', () => {
    const written = writeBacklogView(new URLSearchParams('tab=x&q=old'), {
      states: ['new', 'rejected'],
      words: '',
    });
    expect(String(written)).toBe('tab=x&state=new&state=rejected');
    expect(readBacklogView(written).states).toEqual(['new', 'rejected']);
  });

  it('hides the rejected unless they are asked for', () => {
    expect(toProblemQuery(readBacklogView(new URLSearchParams())).states).not.toContain('rejected');
    expect(toProblemQuery(readBacklogView(new URLSearchParams('state=rejected'))).states).toEqual([
      'rejected',
    ]);
    expect(readBacklogView(new URLSearchParams('state=nonsense&kind=x'))).toMatchObject({
      states: [],
      kind: '',
    });
  });
});

describe('weeks of an effect', () => {
  const week = (from: string, to: string, value: number) => ({ period: { from, to }, value, n: 9 });

  it('have an empty week where days were not measured', () => {
    const weeks = [
      week('2026-06-22', '2026-06-28', 1),
      week('2026-06-29', '2026-07-05', 2),
      week('2026-10-22', '2026-10-28', 3),
    ];
    const gap = { period: { from: '2026-07-06', to: '2026-10-21' }, value: null, n: 0 };
    expect(withGaps(weeks)).toEqual([weeks[0], weeks[1], gap, weeks[2]]);
  });
});
