// How a state of an import looks in a list.
import type { Tone } from '$lib/components/feedback/tone';
import type { Import } from './imports';

type State = NonNullable<Import['state']>;

/** Which part of the ring is filled, and in which colour. */
export const looks: Record<State, { tone: Tone; part: 0 | 0.5 | 1 }> = {
  queued: { tone: 'plain', part: 0 },
  running: { tone: 'accent', part: 0.5 },
  cancelling: { tone: 'warn', part: 0.5 },
  done: { tone: 'good', part: 1 },
  failed: { tone: 'bad', part: 1 },
  cancelled: { tone: 'warn', part: 0 },
};
