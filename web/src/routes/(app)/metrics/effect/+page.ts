// The company's names and metrics, and what was released.
import { listReleasedPlans } from '$lib/analyses/wire';
import { loadCompany } from '$lib/backlog/company';
import { loadDefinitions } from '$lib/metrics/wire';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const [, company, definitions, released] = await Promise.all([
    parent(),
    loadCompany(),
    loadDefinitions(),
    listReleasedPlans(),
  ]);
  return { company, definitions, released };
};
