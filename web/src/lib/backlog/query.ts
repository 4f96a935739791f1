// Which problems are shown: in the address, and as the API asks for them.
import type { ProblemKind, ProblemQuery, ProblemState } from './backlog';
import { problemStates } from './words';

export type BacklogView = {
  /** Empty: all but the rejected. */
  states: ProblemState[];
  units: string[];
  owner: string;
  kind: ProblemKind | '';
  words: string;
};

export const everything: BacklogView = { states: [], units: [], owner: '', kind: '', words: '' };

export function readBacklogView(params: URLSearchParams): BacklogView {
  const known: readonly string[] = problemStates;
  const kind = params.get('kind');
  return {
    states: params.getAll('state').filter((state): state is ProblemState => known.includes(state)),
    units: params.getAll('unit'),
    owner: params.get('owner') ?? '',
    kind: kind === 'problem' || kind === 'wow' ? kind : '',
    words: params.get('q') ?? '',
  };
}

/** The query string with this view; what is usual is left out. */
export function writeBacklogView(params: URLSearchParams, change: Partial<BacklogView>): URLSearchParams {
  const view = { ...readBacklogView(params), ...change };
  const next = new URLSearchParams(params);
  for (const name of ['state', 'unit', 'owner', 'kind', 'q']) next.delete(name);
  for (const state of view.states) next.append('state', state);
  for (const unit of view.units) next.append('unit', unit);
  if (view.owner) next.set('owner', view.owner);
  if (view.kind) next.set('kind', view.kind);
  if (view.words.trim()) next.set('q', view.words.trim());
  return next;
}

export function toProblemQuery(view: BacklogView): ProblemQuery {
  return {
    kinds: view.kind ? [view.kind] : [],
    states: view.states.length > 0 ? view.states : problemStates.filter((state) => state !== 'rejected'),
    units: view.units.length > 0 ? view.units : null,
    owner: view.owner || null,
    words: view.words,
  };
}

export function isNarrowed(view: BacklogView): boolean {
  return [view.states, view.units, view.owner, view.kind, view.words].some((part) => part.length > 0);
}
