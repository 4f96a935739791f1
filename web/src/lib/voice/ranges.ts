// The places in an item's words, as the pieces of a marked text want them.
import type { Label } from './feedback';
import type { ByteRange, TopicRange } from './marks';

export function rangesOf(pairs: readonly number[][]): ByteRange[] {
  return pairs.flatMap(([start, end]) => (start === undefined || end === undefined ? [] : [[start, end]]));
}

/** The words that caused each topic, in the title or in the text. */
export function topicRanges(labels: readonly Label[], part: 'title' | 'text'): TopicRange[] {
  return labels.flatMap((label) =>
    label.spans
      .filter((span) => span.part === part)
      .map((span) => ({ topic: label.topic_id, range: [span.start, span.end] as const })),
  );
}
