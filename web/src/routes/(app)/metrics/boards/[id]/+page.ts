// One board, and the names that its cards speak in.
import { loadBoard } from '$lib/metrics/boards/wire';
import { loadDefinitions } from '$lib/metrics/wire';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params }) => {
  const [, board, definitions, directory] = await Promise.all([
    parent(),
    loadBoard(params.id),
    loadDefinitions(),
    loadDirectory(),
  ]);
  return { board, definitions, directory };
};
