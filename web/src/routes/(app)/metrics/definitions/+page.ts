// Definitions in use and archived ones, with the templates to start from.
import { loadArchived, loadTemplates } from '$lib/metrics/definitions/definitions';
import { loadDefinitions } from '$lib/metrics/wire';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('metrics:definitions');
  const [, definitions, archived, templates, directory] = await Promise.all([
    parent(),
    loadDefinitions(),
    loadArchived(),
    loadTemplates(),
    loadDirectory(),
  ]);
  return { definitions, archived, templates, directory };
};
