// Verdicts: how the effect was measured, what is proposed, signing.
import { counted } from '../plural';
import type { Dictionary } from '../dictionary';

const answers = (count: number) => counted.en(count, { one: 'more answer', other: 'more answers' });

export const verdicts: Dictionary['verdicts'] = {
  title: 'Verdict',
  waiting: (date) =>
    `The effect is measured on ${date}. Not before: who looks every day finds what is not there.`,
  due: 'The check date has come: a verdict is proposed by the next daily measurement.',
  proposed: (outcome) => `Proposed: ${outcome}`,
  signedBy: (outcome, person, date) => `Signed: ${outcome}. ${person}, ${date}`,
  check: (date) => `Check of ${date}`,
  before: 'Before',
  after: 'After',
  controlBefore: 'Control before',
  controlAfter: 'Control after',
  chart: 'The metric by week before and after',
  sample: (n) => `n = ${n}`,
  methods: {
    before_after: 'After was compared with before.',
    difference_in_differences: 'The change was compared with that of the control group.',
    segmented: 'After was compared with what the course of the metric before led to expect.',
  },
  reasons: {
    control: 'There is a group that the change did not concern: it is the comparison.',
    trend_before:
      'The metric was moving before the change already, so it is held against its earlier course, drawn on.',
    no_trend:
      'There is no group to compare with, but the metric stood still before the change: levels are compared.',
    few_weeks:
      'There is no group to compare with, and too few weeks before the change to see the course of the metric: levels are compared.',
    looks_again:
      'The metric was moving before the change already; until the time is over levels are compared, its course counts in the end.',
  },
  expected: 'Without the change',
  enoughOn: (day) => `At the present pace the data suffice by about ${day}.`,
  looksAny: 'Its time is not over: the interval is wider than usual, but you may look every day.',
  exposures: {
    answers: 'Counted by answers.',
    days: 'Counted for 30 days.',
    customer_base: 'Counted for 30 days and the customer base.',
  },
  effect: (figure) => `Effect: ${figure}.`,
  noEffectFigure: 'There is nothing to compute an effect from.',
  wantedUp: (amount) => `Promised was a rise of at least ${amount}.`,
  wantedDown: (amount) => `Promised was a fall of at least ${amount}.`,
  because: {
    worked: 'The interval lies wholly on the right side of zero, and the shift is at least as promised.',
    partly: 'There is a shift the right way, by less than promised.',
    no_effect: 'The interval excludes an effect worth having.',
    worse: 'The interval lies wholly on the wrong side of zero: it got worse.',
    cannot_tell: 'The data do not tell an effect from none.',
  },
  obstacles: {
    no_data: 'One of the groups has no data at all.',
    too_few: 'One of the groups has too few data to judge.',
    too_wide: 'The interval holds both “nothing changed” and “worth doing”.',
    no_percent: 'There is no per cent of zero or of a negative number.',
    bad_hypothesis: 'The promise cannot be measured: not above zero, or a fall by 100% and more.',
  },
  more: (count) => `${answers(count)} are needed.`,
  moreWeeks: (count, weeks) =>
    `${answers(count)} are needed: at this pace about ${counted.en(weeks, { one: 'week', other: 'weeks' })} of waiting.`,
  caveats: {
    no_control: 'No control group: whatever else changed at that time counts as effect.',
    few_weeks: 'Too few weeks to see their scatter: the true interval is wider.',
    overdispersed: 'The weeks differ more than by chance, the interval was widened.',
    trend_before: 'The metric was moving before the release already.',
  },
  sign: 'Sign the verdict',
  signTitle: (plan) => `Verdict: ${plan}`,
  outcome: 'Outcome',
  asProposed: 'as proposed',
  comment: 'Comment',
  commentNeeded: 'The outcome is not the proposed one: explain why.',
  commentEmpty: 'Another outcome cannot be signed without an explanation.',
  nextCheck: 'Next check',
  nextCheckEmpty: 'Choose the day of the next look.',
  follows: {
    worked: 'The problem becomes solved.',
    failed: (plan) => `Next comes ${plan}.`,
    exhausted: 'No plan is left: the problem goes back to analysis.',
    cannot_tell: 'The plan stays released until the next check.',
  },
  final: 'A signature is final.',
  failed: 'The verdict was not signed',
  signed: 'Verdict signed',
  noRight: 'A manager signs: your role has no right to.',
  none: 'No verdicts yet.',
};
