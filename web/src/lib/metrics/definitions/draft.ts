// A definition as the editor holds it: every kind of formula keeps its fields while one tries another kind.
import type { components } from '$lib/api/schema';
import { scoreBounds, type Filter, type Score } from '$lib/filters/wire';
import type { Answers, Counted, Formula, MetricUnit, Preference, Window } from '../wire';

export type WireDraft = components['schemas']['MetricDraft'];
export type StoredDefinition = components['schemas']['MetricDefinition'];
export type Base = components['schemas']['MetricBase'];
export type Kind = Formula['kind'];
export type Reading = 'of_range' | 'of_maximum' | 'share_from';

/** One of the three scores, or a field of the company's own with its scale. */
export type AnswersDraft = {
  source: Score | 'attribute';
  attribute: string;
  lowest: number;
  highest: number;
};
export type PartDraft = { answers: AnswersDraft; weight: number };

export type FormulaDraft = {
  kind: Kind;
  answers: AnswersDraft;
  from: number;
  to: number;
  of: Counted;
  matching: Filter;
  among: Filter;
  base: Base;
  per: number;
  parts: PartDraft[];
  reading: Reading;
  partFrom: number;
  text: string;
};

export type WindowDraft = { kind: 'step' | 'days' | 'months'; length: number };

export type Draft = {
  code: string;
  name: { ru: string; en: string };
  description: { ru: string; en: string };
  direction: Preference;
  unit: MetricUnit;
  formula: FormulaDraft;
  filter: Filter;
  window: WindowDraft;
};

export const kinds: readonly Kind[] = [
  'nps',
  'score_mean',
  'score_share',
  'score_balance',
  'share',
  'rate',
  'index',
  'expression',
  'items',
  'customers',
];

/** Units that a formula over other metrics may have; the other formulas have units of their own. */
export const freeUnits: readonly MetricUnit[] = ['number', 'percent', 'score_points', 'index_points'];

export function emptyDraft(): Draft {
  return {
    code: '',
    name: { ru: '', en: '' },
    description: { ru: '', en: '' },
    direction: 'more_is_better',
    unit: 'number',
    formula: emptyFormula(),
    filter: 'all',
    window: { kind: 'step', length: 30 },
  };
}

export function toDraft(stored: StoredDefinition | WireDraft): Draft {
  const { code, name, direction, formula, window } = stored;
  return {
    code,
    name: { ...name },
    description: { ...(stored.description ?? { ru: '', en: '' }) },
    direction,
    unit: stored.unit ?? 'number',
    formula: toFormulaDraft(formula),
    filter: filterOf(stored.filter),
    window: toWindowDraft(window),
  };
}

export function toWire(draft: Draft): WireDraft {
  const { code, name, description, direction, formula, filter, unit, window } = draft;
  const isDerived = formula.kind === 'expression';
  return {
    code: code.trim(),
    name: { ru: name.ru.trim(), en: name.en.trim() },
    description: { ru: description.ru.trim(), en: description.en.trim() },
    direction,
    unit: isDerived ? unit : null,
    formula: toFormula(formula),
    filter: filter as unknown as Record<string, never>,
    window: isDerived ? null : toWindow(window),
  };
}

/** The two ends of the scale on which the answers are given. */
export function scaleOf(answers: AnswersDraft): { low: number; high: number } {
  return answers.source === 'attribute'
    ? { low: answers.lowest, high: answers.highest }
    : scoreBounds[answers.source];
}

export function newPart(): PartDraft {
  return { answers: { source: 'attribute', attribute: '', lowest: 1, highest: 10 }, weight: 1 };
}

/** The JSON of the API knows a filter only as some object. */
export function filterOf(filter: unknown): Filter {
  return (filter ?? 'all') as Filter;
}

function emptyFormula(): FormulaDraft {
  return {
    kind: 'score_share',
    answers: { source: 'csat', attribute: '', lowest: 1, highest: 10 },
    from: 4,
    to: 2,
    of: 'items',
    matching: 'all',
    among: 'all',
    base: 'customers',
    per: 1000,
    parts: [newPart(), newPart()],
    reading: 'of_range',
    partFrom: 8,
    text: '',
  };
}

function toFormulaDraft(formula: Formula): FormulaDraft {
  const draft = { ...emptyFormula(), kind: formula.kind };
  if ('score' in formula) draft.answers = toAnswersDraft(formula.score);
  switch (formula.kind) {
    case 'score_share':
      return { ...draft, from: formula.from };
    case 'score_balance':
      return { ...draft, from: formula.from, to: formula.to };
    case 'share':
      return {
        ...draft,
        of: formula.of ?? 'items',
        matching: filterOf(formula.matching),
        among: filterOf(formula.among),
      };
    case 'rate':
      return {
        ...draft,
        of: formula.of ?? 'items',
        matching: filterOf(formula.matching),
        base: formula.base,
        per: formula.per,
      };
    case 'index':
      return { ...draft, ...toPartsDraft(formula.parts) };
    case 'expression':
      return { ...draft, text: formula.text };
    default:
      return draft;
  }
}

function toPartsDraft(
  parts: components['schemas']['IndexPart'][],
): Pick<FormulaDraft, 'parts' | 'reading' | 'partFrom'> {
  const reading = parts[0]?.reading ?? 'of_range';
  return {
    parts: parts.map((part) => ({ answers: toAnswersDraft(part.score), weight: part.weight })),
    reading: typeof reading === 'string' ? reading : 'share_from',
    partFrom: typeof reading === 'string' ? 8 : reading.share_from,
  };
}

function toFormula(draft: FormulaDraft): Formula {
  const { kind, from, to, of, base, per, text } = draft;
  const matching = draft.matching as unknown as Record<string, never>;
  const among = draft.among as unknown as Record<string, never>;
  const score = toAnswers(draft.answers);
  switch (kind) {
    case 'items':
    case 'customers':
    case 'nps':
      return { kind };
    case 'score_mean':
      return { kind, score };
    case 'score_share':
      return { kind, score, from };
    case 'score_balance':
      return { kind, score, from, to };
    case 'share':
      return { kind, of, matching, among };
    case 'rate':
      return { kind, of, matching, base, per };
    case 'index':
      return {
        kind,
        parts: draft.parts.map(({ answers, weight }) => ({
          score: toAnswers(answers),
          weight,
          reading: draft.reading === 'share_from' ? { share_from: draft.partFrom } : draft.reading,
        })),
      };
    case 'expression':
      return { kind, text: text.trim() };
  }
}

function toAnswersDraft(answers: Answers): AnswersDraft {
  if (typeof answers === 'string') return { source: answers as Score, attribute: '', lowest: 1, highest: 10 };
  return { source: 'attribute', ...answers };
}

function toAnswers({ source, attribute, lowest, highest }: AnswersDraft): Answers {
  return source === 'attribute' ? { attribute: attribute.trim(), lowest, highest } : source;
}

function toWindowDraft(window: Window | null | undefined): WindowDraft {
  if (!window) return { kind: 'step', length: 30 };
  return 'days' in window ? { kind: 'days', length: window.days } : { kind: 'months', length: window.months };
}

function toWindow({ kind, length }: WindowDraft): Window | null {
  if (kind === 'step') return null;
  return kind === 'days' ? { days: length } : { months: length };
}
