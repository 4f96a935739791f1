import { describe, expect, it } from 'vitest';
import { cutText } from './marks';

function drawn(pieces: ReturnType<typeof cutText>): string {
  return pieces
    .map(({ text, hit, topics, masked }) => {
      const marks = [hit ? 'hit' : '', ...topics, masked ? `masked ${masked}` : ''].filter(Boolean);
      return marks.length > 0 ? `{${text}|${marks.join(',')}}` : text;
    })
    .join('');
}

describe('a marked text', () => {
  it.each([
    ['plain', [], [], 'plain'],
    ['карта', [[0, 10]], [], '{карта|hit}'],
    ['моя карта 💳 тут', [[7, 17]], [{ topic: 't', range: [18, 22] }], 'моя {карта|hit} {💳|t} тут'],
    ['a b c', [[0, 3]], [{ topic: 't', range: [2, 5] }], '{a |hit}{b|hit,t}{ c|t}'],
    ['звонил [name] на [phone]', [], [], 'звонил {[name]|masked name} на {[phone]|masked phone}'],
    ['[whatever]', [], [], '[whatever]'],
    ['', [], [], ''],
  ] as const)('%s', (text, hits, topics, expected) => {
    expect(drawn(cutText(text, hits, topics))).toBe(expected);
  });

  it('survives ranges of another text', () => {
    expect(
      drawn(
        cutText(
          'да',
          [
            [1, 2],
            [0, 90],
            [4, 4],
          ],
          [],
        ),
      ),
    ).toBe('да');
  });

  it('keeps every character', () => {
    const text = 'Ёж 🦔, [card] и ещё';
    const pieces = cutText(text, [[0, 4]], [{ topic: 'a', range: [5, 9] }]);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });
});
