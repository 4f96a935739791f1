// Alert rules in words, and as a form writes them.
import type { components } from '$lib/api/schema';
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import { nameValue, type Directory } from '$lib/voice/directory';

export type Rule = components['schemas']['AlertRuleOut'];
export type RuleIn = components['schemas']['AlertRuleIn'];
export type Condition = components['schemas']['AlertCondition'];
export type Definition = components['schemas']['MetricDefinition'];
export type Kind = Condition['kind'];
export type Side = 'below' | 'above' | 'off_target';

export const kinds: readonly Kind[] = ['anomaly', 'metric', 'problem', 'verdict'];
export const sides: readonly Side[] = ['below', 'above', 'off_target'];
export const weights = ['0', '6', '10'] as const;

/** What the button for beginners adds. */
export const usualRules: readonly RuleIn[] = [
  { condition: { kind: 'anomaly', least: 6 } },
  { condition: { kind: 'problem' } },
  { condition: { kind: 'verdict' } },
];

/** «NPS ниже 40»: what a rule is about. */
export function ruleTitle({ condition }: RuleIn, definitions: readonly Definition[]): string {
  const words = t().notifications;
  if (condition.kind === 'anomaly')
    return words.rules.anomaly(words.rules.weights[weightOf(condition.least)]);
  if (condition.kind !== 'metric') return words.kinds[condition.kind];
  const name = metricName(condition.metric, definitions);
  const { limit } = condition;
  if (limit === 'off_target') return words.rules.offTarget(name);
  const number = (value: number): string => fmt().number(value, Number.isInteger(value) ? 0 : 2);
  return 'below' in limit
    ? words.rules.below(name, number(limit.below))
    : words.rules.above(name, number(limit.above));
}

/** Where, by which step, and who is told. */
export function ruleNote(rule: RuleIn, definitions: readonly Definition[], directory: Directory): string {
  const { condition } = rule;
  const words = t().notifications.rules;
  const parts: (string | null | undefined)[] = [];
  if (condition.kind === 'anomaly' && condition.metric) parts.push(metricName(condition.metric, definitions));
  if (condition.kind === 'metric') parts.push(words.per[condition.grain === 'month' ? 'month' : 'week']);
  parts.push(condition.unit_id ? nameValue(directory, 'unit', condition.unit_id) : words.anyUnit);
  if ('topic_id' in condition && condition.topic_id)
    parts.push(nameValue(directory, 'topic', condition.topic_id));
  parts.push(
    rule.unit_id ? words.people(nameValue(directory, 'unit', rule.unit_id) ?? rule.unit_id) : words.onlyMe,
  );
  return parts.filter(Boolean).join(' · ');
}

/** The step of the scale that a weight lies on. */
export function weightOf(least: number | undefined): (typeof weights)[number] {
  return weights.findLast((weight) => Number(weight) <= (least ?? 0)) ?? '0';
}

export function metricName(code: string, definitions: readonly Definition[]): string {
  return definitions.find((definition) => definition.code === code)?.name[locale()] ?? code;
}
