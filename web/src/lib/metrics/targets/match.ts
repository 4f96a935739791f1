// Which target a number has, and which marks a trend shows.
import type { TrendMark } from '$lib/components/charts/types';
import { toChips, toFilter, type Filter } from '$lib/filters/wire';
import type { Grain } from '$lib/format/dates';
import { t } from '$lib/i18n';
import { daysOf } from '../time';
import type { Answer, Definition } from '../wire';
import type { Marks, Target, TargetContent } from './wire';

/** Of which items a target is: its own conditions within its unit. */
export function targetFilter({ filter, unit_id }: TargetContent): Filter {
  if (!unit_id) return filter;
  return toFilter([{ kind: 'in', dimension: 'unit', values: [unit_id], negated: false }, ...toChips(filter)]);
}

/** The target of this metric for exactly these items; a part of the company has no target of the whole. */
export function targetOf(targets: readonly Target[], metric: string, filter: Filter): Target | null {
  const wanted = conditions(filter);
  return (
    targets.find(
      ({ content }) => content.metric === metric && conditions(targetFilter(content)) === wanted,
    ) ?? null
  );
}

/** Whether a target's value can stand on a trend of this step: what grows with time is promised for a month. */
export function fitsGrain(definition: Definition | undefined, grain: string | undefined): boolean {
  if (!definition) return false;
  const grows = 'base' in definition.formula || ['items', 'customers'].includes(definition.unit);
  return !grows || grain === 'month';
}

/** What happened within the steps of a trend, each at its step. */
export function marksOf(answer: Answer, marks: Marks | null): TrendMark[] {
  if (!marks) return [];
  const grain = answer.dimensions[0] as Grain;
  const steps = answer.rows.flatMap((row) => row.key[0] ?? []);
  const keyOf = (day: string): string | undefined =>
    steps.find((key) => {
      const { from, to } = daysOf(grain, key);
      return from <= day && day < to;
    });
  const mark = (kind: TrendMark['kind'], day: string, label: string): TrendMark[] => {
    const key = keyOf(day);
    return key === undefined ? [] : [{ key, kind, label }];
  };
  return [
    ...marks.releases.flatMap(({ on, name }) => mark('release', on, name)),
    ...marks.incidents.flatMap(({ content }) =>
      mark('incident', content.on, `${t().targets.kinds[content.kind]}: ${content.name}`),
    ),
  ];
}

function conditions(filter: Filter): string {
  return JSON.stringify(
    toChips(filter)
      .map((chip) => JSON.stringify(chip))
      .toSorted(),
  );
}
