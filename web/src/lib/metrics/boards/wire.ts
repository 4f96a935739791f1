// Boards at the API.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Period } from '$lib/filters/period';
import type { Filter } from '$lib/filters/wire';
import type { Query } from '../wire';

export type BoardName = components['schemas']['BoardName'];
export type Chart = components['schemas']['BoardChart'];
export type CardSize = components['schemas']['BoardCardSize'];
export type Reach = components['schemas']['BoardReach'];
type WireBoard = components['schemas']['BoardOut'];
type WireContent = components['schemas']['BoardContent'];

export type Card = { key: string; title: string; chart: Chart; size: CardSize; query: Query };

/** What one writes of a board; the API's description knows a filter only as some object. */
export type Content = {
  name: string;
  reach: Reach;
  unit_id: string | null;
  period: Period;
  filter: Filter;
  words: string;
  cards: Card[];
};

export type Board = Omit<WireBoard, 'content'> & { content: Content };

export async function listBoards(): Promise<BoardName[]> {
  return dataOf(await api.GET('/api/boards'));
}

export async function loadBoard(id: string): Promise<Board> {
  return toBoard(dataOf(await api.GET('/api/boards/{id}', { params: { path: { id } } })));
}

export async function createBoard(content: Content): Promise<Board> {
  return toBoard(dataOf(await api.POST('/api/boards', { body: onWire(content) })));
}

/** Rewrites the board, if `version` is still the newest one. */
export async function saveBoard(id: string, version: number, content: Content): Promise<Board> {
  const body = { version, content: onWire(content) };
  return toBoard(dataOf(await api.PUT('/api/boards/{id}', { params: { path: { id } }, body })));
}

export async function deleteBoard(id: string): Promise<void> {
  await api.DELETE('/api/boards/{id}', { params: { path: { id } } });
}

function toBoard(wire: WireBoard): Board {
  const { period, filter, words, unit_id, cards, ...rest } = wire.content;
  const content: Content = {
    ...rest,
    unit_id: unit_id ?? null,
    period: toPeriod(period),
    filter: (filter ?? 'all') as unknown as Filter,
    words: words ?? '',
    cards: cards.map((card) => ({
      ...card,
      title: card.title ?? '',
      query: card.query as unknown as Query,
    })),
  };
  return { ...wire, content };
}

function onWire(content: Content): WireContent {
  const { period } = content;
  const own = period !== null && 'name' in period ? period.name : period;
  return { ...content, period: own } as unknown as WireContent;
}

function toPeriod(period: WireContent['period']): Period {
  if (!period) return null;
  return typeof period === 'string' ? { name: period } : period;
}
