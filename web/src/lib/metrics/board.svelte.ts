// The answers of the page: main metrics, trend and breakdown of the chosen one; each asked again when its question changes.
import type { View } from '$lib/filters/address';
import { periodDays } from '$lib/filters/period';
import type { MetricView } from './address';
import { Question } from './question.svelte';
import {
  ask,
  askEach,
  breakdownQuery,
  heatQuery,
  mainMetrics,
  trendQuery,
  wholeQuery,
  type Asked,
} from './questions';
import { fittingGrain } from './time';
import type { Answer, Definition } from './wire';

type Looks = { definitions: readonly Definition[]; view: View; metrics: MetricView; today: string };

export class Board {
  readonly cards = new Question<readonly Asked[], Answer[]>(askEach);
  readonly trend = new Question<Asked, Answer>(ask);
  readonly breakdown = new Question<Asked, Answer>(ask);

  /** What is asked now; the page asks again when the text changes. */
  readonly cardsAsked = $derived.by(() => {
    const { definitions, view, metrics, today } = this.looks();
    return mainMetrics
      .filter((code) => definitions.some((known) => known.code === code))
      .map((code) => wholeQuery(code, view, metrics.against, today));
  });

  /** Cards of what somebody answered; scores that nobody was asked for would only fill the page. */
  readonly shownCards = $derived.by(() => {
    const chosen = this.looks().metrics.metric;
    return (this.cards.answer ?? []).filter(
      ({ metric, overall }) => overall.refusal !== 'no_data' || metric === chosen,
    );
  });

  /** The metric of the address, else the first one that has a value. */
  readonly metric = $derived.by(() => {
    const chosen = this.looks().metrics.metric;
    if (chosen !== null || this.cards.answer === null) return chosen;
    return this.shownCards.find(({ overall }) => !overall.refusal)?.metric ?? 'count';
  });

  readonly definition = $derived.by(
    () => this.looks().definitions.find((known) => known.code === this.metric) ?? null,
  );

  readonly whole = $derived.by(() => {
    const { view, metrics, today } = this.looks();
    return this.definition && wholeQuery(this.definition.code, view, metrics.against, today, metrics.weighed);
  });

  readonly grain = $derived.by(() => {
    const { view, metrics, today } = this.looks();
    return fittingGrain(metrics.grain, periodDays(view.period, today));
  });

  readonly trendAsked = $derived(this.whole && trendQuery(this.whole, this.grain));

  readonly breakdownAsked = $derived.by(() => {
    const { by, and } = this.looks().metrics;
    if (!this.whole || by === null) return null;
    return and === null ? breakdownQuery(this.whole, by) : heatQuery(this.whole, by, and);
  });

  /** The steps of a trend carry no verdicts of their own on the page: many of them need no word. */
  readonly notes = $derived.by(() => {
    const trend = (this.trend.answer?.notes ?? []).filter((note) => note !== 'many_comparisons');
    return [...new Set([...trend, ...(this.breakdown.answer?.notes ?? [])])];
  });

  readonly loading = $derived(this.cards.loading || this.trend.loading || this.breakdown.loading);

  constructor(private readonly looks: () => Looks) {}

  stop(): void {
    this.cards.stop();
    this.trend.stop();
    this.breakdown.stop();
  }
}

/** Asks when there is a question; without one nothing is shown. */
export function askOrClear<Q, A>(question: Question<Q, A>, asked: Q | null): void {
  if (asked === null) question.clear();
  else void question.ask(asked);
}
