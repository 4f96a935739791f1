// One import as it stands.
import { loadImport } from '$lib/voice/imports/imports';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params }) => {
  await parent();
  return { first: await loadImport(params.id) };
};
