// Today: what waits for me, what changed.
import type { Dictionary } from '../dictionary';
import { counted } from '../plural';

export const today: Dictionary['today'] = {
  greeting: {
    morning: (name) => `Good morning, ${name}`,
    day: (name) => `Good afternoon, ${name}`,
    evening: (name) => `Good evening, ${name}`,
  },
  waiting: {
    title: 'Waiting for you',
    nothing: 'Nothing urgent: no alarms, verdicts are signed, gates are confirmed.',
    verdict: (outcome) => `Sign the verdict: “${outcome}” is proposed`,
    gate: (line) => `Confirm: ${line}`,
    own: 'Your problems',
    openOwn: (count) =>
      `Open in all: ${counted.en(count, { one: 'problem of yours', other: 'problems of yours' })}`,
  },
  changed: {
    title: 'What changed',
    lead: (now, before) => `${now} compared with ${before}`,
    allMetrics: 'All metrics',
    topics: 'Topics that grew or fell',
    topicsLead: 'Only real changes are shown, by number of customers',
    noTopics: 'No topic has changed by more than chance explains.',
    topicFromTo: (before, now) => `${before} before, ${now} now`,
    events: 'The backlog in two weeks',
    noEvents: 'Nothing happened in the backlog in two weeks.',
    allEvents: 'Open the backlog',
    voices: 'Latest feedback',
    allVoices: 'All feedback',
    silent: 'There was no feedback in the last four weeks.',
    silentAction: 'Import more',
  },
  start: {
    title: 'Where to start',
    text: 'Three steps to the first problem with evidence.',
    import: {
      title: 'Import feedback',
      text: 'Reviews, calls or survey answers: a table or a text file. Personal data are hidden before they are stored.',
      action: 'Import a file',
    },
    topics: {
      title: 'Make topics',
      text: 'A topic finds feedback by its words and shows which words caused it.',
      action: 'To the topics',
    },
    problem: {
      title: 'Write the first problem',
      text: 'In the customer’s words. The system counts how many customers it touches.',
      action: 'New problem',
    },
    done: 'done',
  },
};
