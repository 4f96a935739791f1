import { describe, expect, it } from 'vitest';
import {
  applyKept,
  checkMapping,
  readTarget,
  samples,
  withTarget,
  writeTarget,
  type Preview,
} from './mapping';

const proposed = [
  { column: 'id', to: 'external_id' },
  { column: 'body', to: 'text' },
  { column: 'plan', to: 'attribute:plan' },
  { column: 'noise', to: 'ignore' },
];

describe('what a column becomes', () => {
  it.each(['nps', 'attribute:Тариф: золото', 'ignore'])('%s survives', (to) => {
    expect(writeTarget(readTarget(to))).toBe(to);
  });

  it('takes a field from the column that had it', () => {
    const next = withTarget(proposed, 'plan', { kind: 'field', field: 'text' });
    expect(next.map((map) => map.to)).toEqual(['external_id', 'attribute:body', 'text', 'ignore']);
  });

  it('follows a kept mapping as far as the file has its columns', () => {
    const kept = [
      { column: 'plan', to: 'segment' },
      { column: 'gone', to: 'nps' },
    ];
    expect(applyKept(proposed, kept).map((map) => map.to)).toEqual([
      'external_id',
      'text',
      'segment',
      'ignore',
    ]);
  });
});

describe('a mapping', () => {
  it('has to say something', () => {
    expect(checkMapping([{ column: 'a', to: 'segment' }]).errors).toEqual([{ code: 'nothing_said' }]);
    expect(checkMapping([{ column: 'a', to: 'nps' }]).errors).toEqual([]);
  });

  it('names its attributes', () => {
    const { errors } = checkMapping([...proposed, { column: 'x', to: 'attribute: ' }]);
    expect(errors).toEqual([{ code: 'nameless', column: 'x' }]);
  });

  it('tells what goes without', () => {
    expect(checkMapping(proposed).notes).toEqual([{ code: 'no_date' }]);
  });
});

describe('samples of a column', () => {
  const preview: Pick<Preview, 'columns' | 'rows'> = {
    columns: { names: ['a'], open: true },
    rows: [
      { line: 2, cells: [' x '], extra: [] },
      { line: 3, cells: [''], extra: [['b', 'later']] },
      { line: 4, cells: ['x'], extra: [] },
      { line: 5, cells: ['y'], extra: [] },
    ],
  };

  it('are the first that say something, each once', () => {
    expect(samples(preview, 'a', 3)).toEqual(['x', 'y']);
    expect(samples(preview, 'b', 3)).toEqual(['later']);
  });
});
