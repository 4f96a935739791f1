// A unit or a topic while it is being written.
import type { Topic, Unit } from '$lib/voice/directory';

/** An empty parent is the top of the tree. */
export type NodeDraft = {
  name_ru: string;
  name_en: string;
  code: string;
  parent_id: string;
  position: number;
};

export function draftOf(node: Topic | Unit | null, siblings: number): NodeDraft {
  if (!node) return { name_ru: '', name_en: '', code: '', parent_id: '', position: siblings };
  const { name_ru, name_en, code, parent_id, position } = node;
  return { name_ru, name_en, code, parent_id: parent_id ?? '', position };
}

/** A name in one language stands for both, until somebody translates it. */
export function nodeIn(draft: NodeDraft): Omit<NodeDraft, 'parent_id'> & { parent_id: string | null } {
  return {
    ...draft,
    name_ru: draft.name_ru.trim() || draft.name_en.trim(),
    name_en: draft.name_en.trim() || draft.name_ru.trim(),
    code: draft.code.trim(),
    parent_id: draft.parent_id || null,
  };
}

export function isNamed(draft: NodeDraft): boolean {
  return (draft.name_ru + draft.name_en).trim() !== '' && draft.code.trim() !== '';
}
