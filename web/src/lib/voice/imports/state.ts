// How a state of an import looks in a list.
import type { Tone } from '$lib/components/feedback/tone';
import { t } from '$lib/i18n';
import type { Import } from './imports';

type State = NonNullable<Import['state']>;

/** Which part of the ring is filled, and in which colour. */
type Look = { tone: Tone; part: 0 | 0.5 | 1 };

const looks: Record<State, Look> = {
  queued: { tone: 'plain', part: 0 },
  running: { tone: 'accent', part: 0.5 },
  cancelling: { tone: 'warn', part: 0.5 },
  done: { tone: 'good', part: 1 },
  failed: { tone: 'bad', part: 1 },
  cancelled: { tone: 'warn', part: 0 },
};

/** An import of which every row was refused is done, and yet nothing came of it. */
export function lookOf({ state, counts }: Pick<Import, 'state' | 'counts'>): Look & { label: string } {
  const known = state ?? 'queued';
  const words = t().imports;
  const isVain = known === 'done' && counts.read > 0 && counts.refused === counts.read;
  return isVain
    ? { tone: 'warn', part: 1, label: words.nothingTaken }
    : { ...looks[known], label: words.states[known] };
}
