// Past imports, and the mappings that were kept.
import { listImports, listProfiles } from '$lib/voice/imports/imports';
import type { PageLoad } from './$types';

/** What one screen of the list holds. */
const PAGE = 50;

export const load: PageLoad = async ({ parent, url, depends }) => {
  depends('voice:imports');
  await parent();
  const offset = Math.max(0, Number(url.searchParams.get('offset')) || 0);
  const [page, profiles] = await Promise.all([listImports(PAGE, offset), listProfiles()]);
  return { page, profiles, offset, limit: PAGE };
};
