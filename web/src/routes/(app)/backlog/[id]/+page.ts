// One problem with its history, and the company's day.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import { listEvents, loadProblem } from '$lib/backlog/backlog';
import { loadCompany } from '$lib/backlog/company';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params }) => {
  const [{ session }, company, assessed, events, today] = await Promise.all([
    parent(),
    loadCompany(),
    loadProblem(params.id),
    listEvents(params.id),
    api.GET('/api/today'),
  ]);
  return { session, company, assessed, events, today: dataOf(today).today };
};
