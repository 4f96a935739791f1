// What texts say: sentiment and signals.
import type { Dictionary } from '../dictionary';
import { counted } from '../plural';

export const reading: Dictionary['reading'] = {
  sentiment: {
    title: 'Sentiment',
    tones: { negative: 'negative', neutral: 'neutral', positive: 'positive' },
    byModel: 'told by the model',
    byHand: 'corrected by hand',
    none: 'Unknown: there is no text, or it is neither Russian nor English.',
    because: (words) => `words: ${words}`,
    correct: 'Correct',
    correctTitle: 'What it really sounds like',
    toModel: 'Leave it to the model',
    notSaved: 'The sentiment was not changed',
    toward: { negative: 'spoken of badly', neutral: 'spoken of neutrally', positive: 'spoken of well' },
  },
  signals: {
    title: 'Signals',
    kinds: {
      leaving: 'About to leave',
      escalation: 'Court, regulator or press',
      safety: 'Danger to people',
      vulnerable: 'Vulnerable customer',
    },
    because: (words) => `“${words}”`,
    dismiss: 'Not a signal',
    dismissOf: (name) => `Not a signal: ${name}`,
    restore: 'A signal after all',
    restoreOf: (name) => `A signal after all: ${name}`,
    dismissed: 'dismissed by hand',
    notSaved: 'The signal was not changed',
  },
  today: {
    title: 'Needs attention',
    sinceVisit: (when) => `New signals since ${when}`,
    sinceWeeks: 'Signals of the last two weeks',
    all: (count) => `Show ${counted.en(count, { one: 'item', other: 'items' })}`,
    seen: 'Mark as seen',
    nothing: 'No new signals.',
    everything: 'All items with signals',
  },
};
