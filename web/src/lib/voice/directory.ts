// The company's own names: topics, units and sources by id, in the language of the screen.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Option } from '$lib/components/controls/option';
import { valueLabel } from '$lib/filters/labels';
import type { Dimension } from '$lib/filters/wire';
import { fmt } from '$lib/format';
import { locale } from '$lib/i18n';

export type Topic = components['schemas']['Topic'];
export type Unit = components['schemas']['Unit'];
export type Source = components['schemas']['Source'];
export type Directory = { topics: Topic[]; units: Unit[]; sources: Source[]; attributes: string[] };

type Named = { name_ru: string; name_en: string; code: string };

export async function loadDirectory(): Promise<Directory> {
  const [topics, units, sources, attributes] = await Promise.all([
    api.GET('/api/topics'),
    api.GET('/api/units'),
    api.GET('/api/sources'),
    api.GET('/api/attributes'),
  ]);
  return {
    topics: dataOf(topics),
    units: dataOf(units),
    sources: dataOf(sources),
    attributes: dataOf(attributes),
  };
}

/** The name in the reader's language, else in the other one, else the code. */
export function nameOf(node: Named): string {
  const names = locale() === 'ru' ? [node.name_ru, node.name_en] : [node.name_en, node.name_ru];
  return names.find((name) => name !== '') ?? node.code;
}

/** The name of a value that is an id: topic, unit, source. */
export function nameValue(directory: Directory, dimension: Dimension, value: string): string | undefined {
  switch (dimension) {
    case 'topic':
      return named(directory.topics, value);
    case 'unit':
      return named(directory.units, value);
    case 'source':
      return directory.sources.find((source) => source.id === value)?.name;
    default:
      return undefined;
  }
}

/** The values to filter by: trees whole, other dimensions as far as they occur. */
export async function loadOptions(directory: Directory, dimension: Dimension): Promise<Option[]> {
  if (dimension === 'topic') return treeOptions(directory.topics);
  if (dimension === 'unit') return treeOptions(directory.units);
  const values = dataOf(await api.GET('/api/dimensions/{dimension}', { params: { path: { dimension } } }));
  return values.map(({ value, count }) => ({
    value,
    label: nameValue(directory, dimension, value) ?? valueLabel(dimension, value),
    note: fmt().number(count),
  }));
}

/** What can be chosen of a tree, branches together; the note says under what a node stands. */
export function treeOptions<Node extends Topic | Unit>(nodes: readonly Node[]): Option[] {
  return inTreeOrder(nodes.filter((node) => !node.archived_at)).map(({ node }) => {
    const parent = nodes.find((known) => known.id === node.parent_id);
    return { value: node.id, label: nameOf(node), note: parent && nameOf(parent) };
  });
}

/** Parents before their children, siblings by position. A node whose parent is missing stands at the top. */
export function inTreeOrder<Node extends { id: string; parent_id?: string | null; position: number }>(
  nodes: readonly Node[],
): { node: Node; depth: number }[] {
  const ids = new Set(nodes.map((node) => node.id));
  const parentOf = (node: Node): string | null =>
    node.parent_id && ids.has(node.parent_id) ? node.parent_id : null;
  const walk = (parent: string | null, depth: number): { node: Node; depth: number }[] =>
    nodes
      .filter((node) => parentOf(node) === parent)
      .toSorted((a, b) => a.position - b.position)
      .flatMap((node) => [{ node, depth }, ...walk(node.id, depth + 1)]);
  return walk(null, 0);
}

function named(nodes: readonly (Named & { id: string })[], id: string): string | undefined {
  const node = nodes.find((known) => known.id === id);
  return node && nameOf(node);
}
