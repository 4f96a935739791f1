// The places in an item's words, as the pieces of a marked text want them.
import type { Feedback, Label, Span } from './feedback';
import type { ByteRange, TopicRange } from './marks';

export function rangesOf(pairs: readonly number[][]): ByteRange[] {
  return pairs.flatMap(([start, end]) => (start === undefined || end === undefined ? [] : [[start, end]]));
}

/** Words under a name of ours. */
export function spanRanges(name: string, spans: readonly Span[], part: 'title' | 'text'): TopicRange[] {
  return spans
    .filter((span) => span.part === part)
    .map((span) => ({ topic: name, range: [span.start, span.end] as const }));
}

/** The words of sentiment and signals, under «sentiment» and «signal:» with the kind. */
export function soundRanges(item: Feedback, part: 'title' | 'text'): TopicRange[] {
  const signals = item.signals.flatMap(({ kind, spans }) => spanRanges(`signal:${kind}`, spans, part));
  return [...signals, ...spanRanges('sentiment', item.sentiment_spans ?? [], part)];
}

/** The words that caused each topic, in the title or in the text. */
export function topicRanges(labels: readonly Label[], part: 'title' | 'text'): TopicRange[] {
  return labels.flatMap((label) => spanRanges(label.topic_id, label.spans, part));
}
