// The words of an item that caused a topic, as one reads them.
import { t } from '$lib/i18n';
import type { Feedback, Label, Span } from './feedback';
import { cutText } from './marks';
import { spanRanges } from './ranges';

/** More words than this nobody reads in a line. */
const SHOWN = 5;

/** «карту, блокировка», each once, in their order. */
export function wordsOf(item: Feedback, label: Label): string {
  return spanWords(item, label.spans);
}

/** The words at these places, each once. */
export function spanWords(item: Feedback, spans: readonly Span[]): string {
  const found = (['title', 'text'] as const).flatMap((part) =>
    cutText(item[part] ?? '', [], spanRanges('', spans, part))
      .filter((piece) => piece.topics.length > 0)
      .map((piece) => piece.text.toLowerCase()),
  );
  const words = [...new Set(found)];
  const rest = words.length - SHOWN;
  return words.slice(0, SHOWN).join(', ') + (rest > 0 ? `, ${t().filters.more(rest)}` : '');
}
