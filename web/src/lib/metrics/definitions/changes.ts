// What a version changed against the one before, in words.
import { locale, t } from '$lib/i18n';
import { filterWords, formulaWords } from '../words';
import type { Window } from '../wire';
import { filterOf, type StoredDefinition } from './draft';

type NameOf = (dimension: string, value: string) => string | undefined;

/** Each thing that is different: «Формула: было → стало». */
export function changesOf(before: StoredDefinition, after: StoredDefinition, nameOf: NameOf): string[] {
  const words = t().definitions.history;
  const changes: string[] = [];
  const note = (what: string, was: string, is: string): void => {
    if (was !== is) changes.push(words.change(what, was, is));
  };
  note(words.fields.nameRu, before.name.ru, after.name.ru);
  note(words.fields.nameEn, before.name.en, after.name.en);
  note(words.fields.formula, formulaWords(before.formula, nameOf), formulaWords(after.formula, nameOf));
  note(words.fields.filter, whereWords(before, nameOf), whereWords(after, nameOf));
  note(words.fields.window, windowWords(before.window), windowWords(after.window));
  note(words.fields.unit, t().definitions.units[before.unit], t().definitions.units[after.unit]);
  note(
    words.fields.direction,
    t().definitions.direction[before.direction],
    t().definitions.direction[after.direction],
  );
  if (before.description[locale()] !== after.description[locale()])
    changes.push(`${words.fields.description}: ${words.reworded}`);
  if (changes.length === 0 && after.formula.kind === 'expression') changes.push(words.parts);
  return changes;
}

export function whereWords(definition: StoredDefinition, nameOf: NameOf): string {
  const conditions = filterWords(filterOf(definition.filter), nameOf);
  return conditions.length > 0 ? conditions.join('; ') : t().definitions.form.everything;
}

export function windowWords(window: Window | null | undefined): string {
  if (!window) return t().definitions.form.windows.step;
  return 'days' in window ? t().definitions.days(window.days) : t().definitions.months(window.months);
}
