// A text cut into pieces, each with what is marked in it: a search hit, the words of a topic, a masked token.

export type ByteRange = readonly [start: number, end: number];
export type Piece = {
  text: string;
  hit: boolean;
  /** The topics whose rule rests on these words. */
  topics: readonly string[];
  /** What stood here before masking: «phone», «name». */
  masked: string | null;
};
export type TopicRange = { topic: string; range: ByteRange };

const TOKEN = /\[(email|phone|card|account|passport|inn|snils|ogrn|contract|claim|address|name)\]/g;

type CharRange = { start: number; end: number };

/** The ranges come from the server, in bytes of UTF-8; ranges that do not fit the text are left out. */
export function cutText(text: string, hits: readonly ByteRange[], topics: readonly TopicRange[]): Piece[] {
  const offsets = charOffsets(text, [...hits, ...topics.map((one) => one.range)]);
  const hitRanges = hits.flatMap((range) => toChars(range, offsets));
  const topicRanges = topics.flatMap(({ topic, range }) =>
    toChars(range, offsets).map((chars) => ({ ...chars, topic })),
  );
  const tokens = [...text.matchAll(TOKEN)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    kind: found[1] ?? '',
  }));
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...hitRanges, ...topicRanges, ...tokens]) cuts.add(start).add(end);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? text.length;
    const covers = (range: CharRange): boolean => range.start <= start && end <= range.end;
    return {
      text: text.slice(start, end),
      hit: hitRanges.some(covers),
      topics: [...new Set(topicRanges.filter(covers).map((range) => range.topic))],
      masked: tokens.find(covers)?.kind ?? null,
    };
  });
}

function toChars([start, end]: ByteRange, offsets: ReadonlyMap<number, number>): CharRange[] {
  const from = offsets.get(start);
  const to = offsets.get(end);
  return from === undefined || to === undefined || from >= to ? [] : [{ start: from, end: to }];
}

/** Where in the string the asked bytes stand; a byte inside a character stands nowhere. */
function charOffsets(text: string, ranges: readonly ByteRange[]): Map<number, number> {
  const asked = new Set(ranges.flat());
  const found = new Map<number, number>();
  let bytes = 0;
  let chars = 0;
  for (const char of text) {
    if (asked.has(bytes)) found.set(bytes, chars);
    bytes += utf8Length(char.codePointAt(0) ?? 0);
    chars += char.length;
  }
  if (asked.has(bytes)) found.set(bytes, chars);
  return found;
}

function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
