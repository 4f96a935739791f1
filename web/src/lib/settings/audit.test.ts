import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale } from '$lib/i18n';
import type { Directory } from '$lib/voice/directory';
import { actorWords, eventWords, type AuditRow, type Names } from './audit';

const directory: Directory = {
  topics: [
    {
      id: 't1',
      parent_id: null,
      code: 'cards',
      name_ru: 'Карты',
      name_en: 'Cards',
      rule: '',
      position: 0,
      version: 1,
      model_on: false,
      model_precision: 0.8,
    },
  ],
  units: [],
  sources: [],
  attributes: [],
};

const names: Names = { directory, people: [{ id: 'p2', name: 'Сергей' }] };

function row(event: string, entity: string, detail: unknown, more: Partial<AuditRow> = {}): AuditRow {
  const ids = { id: 'a', entity_id: 't1', actor_id: 'p', actor_kind: 'person', actor_name: 'Анна', at: 0 };
  return { ...ids, event, entity, detail: JSON.stringify(detail), ...more };
}

describe('an event', () => {
  beforeAll(() => setLocale('ru'));

  it.each([
    [row('topic_created', 'topic', { name_ru: 'Карты', name_en: 'Cards' }), 'добавлена тема: «Карты»'],
    [row('topic_archived', 'topic', null), 'убрана тема: «Карты»'],
    [
      row('topic_reclassified', 'topic', { gained: 3, kept: 1, lost: 2 }),
      'отклики пересчитаны по теме: «Карты»: получили 3, потеряли 2',
    ],
    [
      row('import_finished', 'import', { read: 2709, new: 2700, refused: 9 }),
      'закончена загрузка: прочитано 2\u00a0709, новых 2\u00a0700, отклонено 9',
    ],
    [row('import_started', 'import', 'отзывы.csv'), 'начата загрузка: «отзывы.csv»'],
    [row('label_set', 'feedback', ['t1', true]), 'тема отклика поправлена вручную: «Карты»'],
    [row('customer_base_changed', 'customer_base', 12), 'изменена клиентская база: 12'],
    [row('signed_in', 'person', null), 'вход'],
    [row('roles_changed', 'person', [], { entity_id: 'p2' }), 'роли изменены: «Сергей»'],
    [row('solution_released', 'problem', { solution: { title: 'Звонок' } }), 'план выпущен: «Звонок»'],
    [
      row('gate_item_confirmed', 'problem', {
        title_ru: 'Скрипты',
        title_en: 'Scripts',
        solution: { title: 'X' },
      }),
      'подтверждён пункт чек-листа: «Скрипты»',
    ],
    [row('moon_landed', 'moon', {}), 'moon landed'],
    [row('signed_in', 'person', null, { detail: '{' }), 'вход'],
  ])('%#', (event, expected) => {
    expect(eventWords(event, names)).toBe(expected);
  });

  it('names who did it', () => {
    expect(actorWords(row('signed_in', 'person', null))).toBe('Анна');
    expect(actorWords(row('x', 'x', null, { actor_name: null, actor_kind: 'system' }))).toBe('Система');
    expect(actorWords(row('x', 'x', null, { actor_name: null, actor_kind: 'operator' }))).toBe(
      'Командная строка',
    );
  });
});
