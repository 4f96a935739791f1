// What a new definition may start from.
import { loadTemplates } from '$lib/metrics/definitions/definitions';
import { emptyDraft, toDraft } from '$lib/metrics/definitions/draft';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, url }) => {
  const [, templates, directory] = await Promise.all([parent(), loadTemplates(), loadDirectory()]);
  const template = templates.find(({ code }) => code === url.searchParams.get('template'));
  return { start: template ? toDraft(template) : emptyDraft(), directory };
};
