// Analyses: what moves a score, what topics take from it.
import type { Dictionary } from '../dictionary';
import { counted } from '../plural';

export const analyses: Dictionary['analyses'] = {
  quoted: (name) => `“${name}”`,
  uncertain: 'could be chance',
  drivers: {
    by: { label: 'Explained by', topics: 'Topics', answers: 'Other scores' },
    driver: 'Driver',
    importance: 'Importance',
    importanceRange: '95% interval',
    way: 'Which way',
    lowers: 'pulls down',
    raises: 'pulls up',
    uncertain: 'could be chance',
    performance: 'How it is now',
    ofScale: 'Mean answer, % of the scale',
    ofHundred: (value) => `${value} of 100`,
    scoreOf: (name) => `${name} of such answers`,
    table: 'What moves the score',
    map: (name) => `What moves ${name}: importance and performance`,
    mapLead: 'Dashes mark the means. A hollow point could be chance.',
    corners: {
      fix: 'important and bad',
      keep: 'important and good',
      low: 'unimportant and bad',
      spare: 'unimportant and good',
    },
    down: (names, one) => `${names} ${one ? 'pulls' : 'pull'} the score down most.`,
    up: (names, one) => `${names} ${one ? 'pulls' : 'pull'} it up most.`,
    together: (names) => `The score goes together most with ${names}.`,
    none: 'None of these moves the score beyond chance.',
    explained: (share, n) => `Together they explain ${share} of the variation of the answers (R²), n = ${n}.`,
    cause: 'This is association, not cause: whether a change helped is for the effect to show.',
    uncertainNote: 'Grey rows explain no more than a column of random numbers does.',
    leftOut: (names) => `Left out, because it follows wholly from the rest: ${names}.`,
    tooFew: (answers, minimum) => `There are ${answers} fitting answers; at least ${minimum} are needed.`,
    refusals: {
      no_candidates: {
        title: 'Nothing to explain it by yet',
        text: 'No topic, score or value occurs often enough. Take a longer period or something else to explain by.',
      },
      too_few: { title: 'Too few answers', text: 'Take a longer period or fewer filters.' },
      constant: { title: 'Nothing to compare', text: 'All answers are alike, or the drivers do not vary.' },
    },
  },
  topics: {
    base: 'Without these topics',
    rest: 'Other topics',
    points: 'Contribution',
    with: (name) => `${name} with it`,
    withoutColumn: (name) => `${name} without it`,
    impact: 'Impact',
    table: 'What topics contribute to the score',
    chart: (name) => `What ${name} is made of`,
    chartLead: 'Red takes away, green gives; an answer with two topics counts once. Whiskers: 95% interval.',
    without: (topic, name, without, value) =>
      `Without the topic “${topic}” ${name} would be ${without}, not ${value}.`,
    withoutScore: (topic, without, value) =>
      `Without the topic “${topic}” the score would be ${without}, not ${value}.`,
    more: (n) => `${counted.en(n, { one: 'more topic', other: 'more topics' })}`,
    zoomed: 'Part of the scale is shown',
    whole: 'Whole scale',
    zoom: 'Closer',
    items: (n) => counted.en(n, { one: 'answer', other: 'answers' }),
    none: 'No topic changes the score beyond chance.',
    explained: (share, n) => `Topics explain ${share} of the variation of the answers, n = ${n}.`,
    notes:
      'The contribution is what a topic takes or gives, other topics equal; contributions add up to the score.\n“Without it” is the score of those who do not mention it. These do not add up: topics overlap.',
    tooFew: 'Too few answers',
    tooFewText: (n) =>
      `There are ${n} answers; a score can be divided among topics from 30 on. Take a longer period.`,
  },
  effect: {
    lead: 'A change, and the honest answer whether it moved a metric. Measured as the verdict of a plan is.',
    change: 'Change',
    anyDay: 'Any day: an incident, a campaign, a decision',
    released: (day, problem) => `released ${day}. ${problem}`,
    toPlan: 'To the plan and its verdict',
    toBacklog: 'Take it to a plan’s hypothesis',
    on: 'Day of the change',
    before: 'Look before',
    after: 'Look after',
    weeks: '\u00a0wks',
    way: 'We hoped the metric would',
    ways: { down: 'fall', up: 'rise' },
    smallest: 'By at least',
    unit: 'In',
    units: { percent: 'per cent', points: 'points of the metric' },
    concerned: 'Whom it concerned',
    hasControl: 'There is a similar group that it did not concern',
    control: 'Compare with',
    controlHint: 'Choose a group: another region, branch or segment. Until then nothing is compared.',
    answer: 'Answer',
    outcome: (word) => `Outcome: ${word}`,
  },
  validity: {
    title: 'How far to trust these answers',
    empty: 'Nobody answered.',
    small: (answers, minimum) => `Only ${answers} answers: a score should rest on ${minimum} and more.`,
    low_response: (share, minimum) =>
      `${share} of those asked answered (${minimum} is safe): the others may think otherwise.`,
    self_selected:
      'Most wrote of their own accord, nobody asked them: the angry and the delighted are over-represented.',
    insiders: (share) =>
      `${share} of the answers come from staff and their circle: that is not the customers’ voice.`,
    burst: (share) => `${share} of the answers came on one day: that looks like a campaign or a fault.`,
    dropped: (answers, before) =>
      `Far fewer answered: ${answers} against ${before} in the same length of time before. Other people may be answering now.`,
    lopsided: (share) =>
      `Those who answered are made up differently from the customer base: weighing would leave ${share} of their strength.`,
    lopsidedBadly: (share) =>
      `Those who answered are made up very differently from the customer base; weighing would leave ${share} of their strength and may not mend it.`,
    weigh: 'Weigh to the customer base',
    weighed: (by, n) => `Weighed to the customer base (${by}); worth ${n} answers.`,
    leftOut: (n) => `Answers left out because they do not say it: ${n}.`,
    trimmed: 'Weights that were too large are cut: the make-up is only approached.',
    not_for_metric: 'Nothing to weigh: the metric is not made of single answers.',
    no_base:
      'Nothing to weigh by: the customer base does not know the make-up of these customers, or a group of it did not answer at all.',
  },
};
