// The boards that the reader may see, and what ready ones are made of.
import { listBoards } from '$lib/metrics/boards/wire';
import { loadDefinitions } from '$lib/metrics/wire';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('metrics:boards');
  const [, boards, definitions, directory] = await Promise.all([
    parent(),
    listBoards(),
    loadDefinitions(),
    loadDirectory(),
  ]);
  return { boards, definitions, directory };
};
