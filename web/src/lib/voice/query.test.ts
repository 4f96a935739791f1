import { describe, expect, it } from 'vitest';
import { inTreeOrder } from './directory';
import { toQuery, topicFilter } from './query';

describe('the question of the stream', () => {
  it('includes the last day', () => {
    const view = { filter: topicFilter('t1'), period: { name: 'days-7' }, words: ' карта ' } as const;
    expect(toQuery(view, '2026-11-22')).toEqual({
      filter: { in: { dimension: 'topic', values: ['t1'] } },
      search: 'карта',
      period: { from: '2026-11-16', to: '2026-11-22' },
    });
  });

  it('waits for the values of a new condition', () => {
    const filter = { and: [topicFilter('t1'), { in: { dimension: 'channel', values: [] } }] };
    expect(toQuery({ filter, period: null, words: '' }, '2026-11-22')).toEqual({
      filter: topicFilter('t1'),
      search: null,
      period: null,
    });
  });
});

describe('a tree', () => {
  it('lists parents before children, and keeps a node whose parent is gone', () => {
    const nodes = [
      { id: 'b', parent_id: 'a', position: 1 },
      { id: 'c', parent_id: 'a', position: 0 },
      { id: 'a', parent_id: null, position: 5 },
      { id: 'd', parent_id: 'gone', position: 6 },
    ];
    expect(inTreeOrder(nodes).map(({ node, depth }) => `${depth}${node.id}`)).toEqual([
      '0a',
      '1c',
      '1b',
      '0d',
    ]);
  });
});
