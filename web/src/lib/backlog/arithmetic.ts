// The arithmetic of scale and of client debt, line by line, in words; every count keeps the items behind it.
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import { addDays } from '$lib/filters/period';
import type { Debt, Scale, ScaleItems, ScaleLine } from './backlog';

/** A piece of a sentence; with `items` it leads to what it counts. */
export type Piece = { text: string; items?: ScaleItems };
export type Sentence = Piece[];

type Words = (...parts: string[]) => string;

/** Stands for a number while a sentence is composed: no text of ours holds it. */
const SLOT = '\u0001';

/** What one line of the arithmetic says. */
export function scaleSentence(line: ScaleLine): Sentence {
  const words = t().scale.lines;
  const number = fmt().number;
  switch (line.step) {
    case 'seen':
      return compose(words.seen, [
        { text: t().common.customers(line.customers), items: 'seen' },
        { text: t().scale.inItems(line.items), items: 'seen' },
      ]);
    case 'anonymous':
      return compose(words.anonymous, [{ text: t().common.items(line.items), items: 'anonymous' }]);
    case 'share_of_answers':
      return compose(words.shareOfAnswers, [
        { text: number(line.share.part), items: 'answers_with' },
        { text: number(line.share.whole), items: 'answers_all' },
        { text: shareWithInterval(line.share) },
      ]);
    case 'share_of_heard':
      return compose(words.shareOfHeard, [
        { text: number(line.share.part), items: 'seen' },
        { text: number(line.share.whole), items: 'heard' },
        { text: shareWithInterval(line.share) },
      ]);
    case 'share_of_items':
      return compose(words.shareOfItems, [
        { text: number(line.share.part), items: 'seen' },
        { text: number(line.share.whole), items: 'heard' },
        { text: shareWithInterval(line.share) },
      ]);
    case 'base':
      return compose(words.base, [{ text: t().common.customers(line.customers) }]);
    case 'estimate':
      return compose(words.estimate, estimate(line));
    case 'raised_to_seen':
      return compose(words.raisedToSeen, estimate(line));
    case 'at_least':
      return compose(words.atLeast, [
        { text: t().common.customers(line.customers), items: 'seen' },
        { text: fmt().percent(line.base_share, shareDigits(line.base_share)) },
      ]);
    case 'at_most':
      return compose(words.atMost, [{ text: t().common.customers(line.customers) }]);
  }
}

/** «3,2 % (2,5…4,1)». */
export function shareWithInterval({
  value,
  low,
  high,
}: {
  value: number;
  low: number;
  high: number;
}): string {
  const digits = shareDigits(value);
  return `${fmt().percent(value, digits)} (${fmt().range(low * 100, high * 100, digits)})`;
}

/** Small shares need another digit to differ from nothing. */
export function shareDigits(share: number): number {
  return share > 0 && share < 0.01 ? 2 : 1;
}

/** «47 откликов», «19 200 клиентов», «не меньше 412 клиентов», «от 412 до 27 606 клиентов». */
export function scaleHeadline(scale: Scale): string {
  const words = t().scale;
  if (scale.basis === 'items' && scale.share) return t().common.items(scale.share.part);
  if (typeof scale.estimate === 'number') return words.about(words.customersOf(scale.estimate));
  if (typeof scale.high === 'number' && scale.high > scale.low)
    return words.between(fmt().number(scale.low), t().scale.customersOf(scale.high));
  return words.atLeast(t().scale.customersOf(scale.low));
}

/** The days that were counted, both included. */
export function windowDays(scale: Scale): { from: string; to: string } {
  return { from: scale.window.from, to: addDays(scale.window.from, scale.window.days - 1) };
}

/** The halves of the debt that are known, each with its factors. */
export function debtSentences(debt: Debt): string[] {
  const { money } = fmt();
  const words = t().scale.debt;
  return debt.parts.map((part) =>
    part.part === 'churn'
      ? words.churn(
          t().common.customers(Math.round(part.customers_a_month)),
          fmt().percent(part.churn_share, 1),
          money(part.customer_value),
          money(part.amount),
        )
      : words.complaints(
          fmt().number(part.complaints_a_month, 1),
          money(part.claim_cost),
          money(part.amount),
        ),
  );
}

/** «2 039 313 ₽ в месяц», «не меньше …»; null where neither half is known. */
export function debtHeadline(debt: Debt): string | null {
  if (typeof debt.amount_a_month !== 'number') return null;
  const amount = fmt().money(debt.amount_a_month);
  return debt.at_least ? t().scale.debt.atLeast(amount) : t().scale.debt.amount(amount);
}

function estimate({ value, low, high }: { value: number; low: number; high: number }): Piece[] {
  return [{ text: t().common.customers(value) }, { text: fmt().range(low, high) }];
}

/** A sentence with pieces in the places that the language chose for them. */
function compose(words: Words, pieces: Piece[]): Sentence {
  const text = words(...pieces.map((_, index) => `${SLOT}${index}${SLOT}`));
  return text
    .split(SLOT)
    .map((part, index): Piece => (index % 2 === 0 ? { text: part } : (pieces[Number(part)] ?? { text: '' })))
    .filter((piece) => piece.text !== '');
}
