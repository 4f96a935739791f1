// Alarms: a solved problem that is back, and what one answers.
import type { Dictionary } from '../dictionary';

export const alarms: Dictionary['alarms'] = {
  badge: 'Is back',
  title: 'The problem is coming back',
  text: (plan, since) => `${plan} did work, but since ${since} things are worse, and by more than chance.`,
  method:
    'The weeks that the verdict rests on are held against those since the return. Otklik looks every day, so the interval is wider than usual: in a year no more than one problem in twenty gets a false alarm. The season is not taken out.',
  effect: (figure) => `Change since the verdict: ${figure}.`,
  won: 'Weeks of the verdict',
  lost: 'Since the return',
  reopen: 'Reopen',
  reopenTitle: 'Reopen the problem?',
  reopenText: 'The next plan becomes current. The reason stays in the history.',
  dismiss: 'Dismiss the alarm',
  dismissTitle: 'Dismiss the alarm?',
  dismissText: 'The problem stays solved. In four weeks Otklik begins to watch it anew.',
  failed: 'The alarm was not answered',
  reopened: 'The problem is open again',
  dismissed: 'The alarm is dismissed',
  noRight: 'A manager answers the alarm: your role has no right to.',
  waiting: (since) => `A solved problem is coming back: worse since ${since}`,
  returned: (plan, since) =>
    `The problem is coming back: worse since ${since}, although ${plan} had solved it`,
  wasDismissed: 'The alarm was dismissed',
};
