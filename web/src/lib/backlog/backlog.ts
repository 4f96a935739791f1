// The backlog's part of the API: its types by their names, and every question and command of its pages.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Assessed = Schemas['AssessedOut'];
export type ProblemRow = Schemas['ProblemOut'];
export type ProblemPatch = Omit<Schemas['ProblemPatchIn'], 'version'>;
export type ProblemQuery = Schemas['ProblemQuery'];
export type ProblemState = Schemas['ProblemState'];
export type ProblemKind = Schemas['ProblemKind'];
export type Criticality = Schemas['Criticality'];
export type Plan = Schemas['SolutionOut'];
export type PlanState = Schemas['SolutionState'];
export type Estimates = Schemas['EstimatesIn'];
export type Hypothesis = Schemas['HypothesisOut'];
export type Evidence = Schemas['EvidenceIn'];
export type Scale = Schemas['Scale'];
export type ScaleLine = Schemas['Line'];
export type EvidenceLink = Schemas['EvidenceLink'];
export type ScaleItems = Schemas['ScaleItems'];
export type Debt = Schemas['Debt'];
export type Outcome = Schemas['Outcome'];
export type EffectMeasure = Schemas['EffectMeasure'];
export type GateItem = Schemas['GateItemOut'];
export type GateTemplate = Schemas['TemplateOut'];
export type GateLine = Schemas['GateLine'];
export type Verdict = Schemas['VerdictOut'];
export type RecordedEvent = Schemas['EventOut'];
export type Similar = Schemas['SimilarOut'];
export type Metric = Schemas['MetricOut'];
export type Person = Schemas['Person'];
export type ScaleMap = Schemas['ScaleMap'];
export type Criteria = Schemas['CriteriaOut'];
export type Mark = Schemas['ItemMark'];
export type Marks = Schemas['MarksOut'];

const at = (id: string) => ({ params: { path: { id } } });
const line = (plan: string, item: string) => ({ params: { path: { id: plan, item } } });

export async function queryProblems(query: ProblemQuery, signal?: AbortSignal): Promise<Assessed[]> {
  return dataOf(await api.POST('/api/problems/query', { body: query, signal }));
}

export async function loadMap(query: ProblemQuery): Promise<ScaleMap> {
  return dataOf(await api.POST('/api/problems/map', { body: query }));
}

export async function loadProblem(id: string): Promise<Assessed> {
  return dataOf(await api.GET('/api/problems/{id}', at(id)));
}

export async function createProblem(problem: Schemas['ProblemIn']): Promise<Assessed> {
  return dataOf(await api.POST('/api/problems', { body: problem }));
}

export async function updateProblem(problem: ProblemRow, patch: ProblemPatch): Promise<Assessed> {
  const body = { ...patch, version: problem.version };
  return dataOf(await api.PATCH('/api/problems/{id}', { ...at(problem.id), body }));
}

export async function startAnalysis({ id, version }: ProblemRow): Promise<Assessed> {
  return dataOf(await api.POST('/api/problems/{id}/start', { ...at(id), body: { version } }));
}

export async function rejectProblem({ id, version }: ProblemRow, reason: string): Promise<Assessed> {
  return dataOf(await api.POST('/api/problems/{id}/reject', { ...at(id), body: { version, reason } }));
}

export async function solveProblem({ id, version }: ProblemRow, reason: string): Promise<Assessed> {
  return dataOf(await api.POST('/api/problems/{id}/solve', { ...at(id), body: { version, reason } }));
}

export async function reopenProblem({ id, version }: ProblemRow, reason: string): Promise<Assessed> {
  return dataOf(await api.POST('/api/problems/{id}/reopen', { ...at(id), body: { version, reason } }));
}

export async function dismissAlarm({ id, version }: ProblemRow, reason: string): Promise<Assessed> {
  return dataOf(await api.POST('/api/problems/{id}/alarm/dismiss', { ...at(id), body: { version, reason } }));
}

export async function listEvents(id: string): Promise<RecordedEvent[]> {
  return dataOf(await api.GET('/api/problems/{id}/history', at(id)));
}

export async function addNote(id: string, text: string): Promise<void> {
  await api.POST('/api/problems/{id}/notes', { ...at(id), body: { text } });
}

export async function listItems(
  id: string,
  items: ScaleItems,
  page: { limit: number; offset: number },
): Promise<Schemas['Page_Feedback']> {
  return dataOf(await api.POST('/api/problems/{id}/items', { ...at(id), body: { items, ...page } }));
}

export async function loadMarks(id: string): Promise<Marks> {
  return dataOf(await api.GET('/api/problems/{id}/marks', at(id)));
}

export async function setMark(id: string, item: number, mark: Mark | null): Promise<void> {
  await api.PUT('/api/problems/{id}/marks', { ...at(id), body: { item, mark } });
}

export async function listSimilar(text: string, except?: string, signal?: AbortSignal): Promise<Similar[]> {
  return dataOf(await api.POST('/api/problems/similar', { body: { text, except }, signal }));
}

export async function createPlan(problem: string, plan: Schemas['SolutionIn']): Promise<Assessed> {
  return dataOf(await api.POST('/api/problems/{id}/solutions', { ...at(problem), body: plan }));
}

export async function orderPlans({ id, version }: ProblemRow, order: string[]): Promise<Assessed> {
  return dataOf(await api.PUT('/api/problems/{id}/solutions/order', { ...at(id), body: { version, order } }));
}

export async function updatePlan(
  { id, version }: Plan,
  patch: Omit<Schemas['SolutionPatchIn'], 'version'>,
): Promise<Assessed> {
  return dataOf(await api.PATCH('/api/solutions/{id}', { ...at(id), body: { ...patch, version } }));
}

export async function dropPlan({ id, version }: Plan, reason: string): Promise<Assessed> {
  return dataOf(await api.POST('/api/solutions/{id}/drop', { ...at(id), body: { version, reason } }));
}

export async function setHypothesis({ id, version }: Plan, hypothesis: Hypothesis): Promise<Assessed> {
  return dataOf(
    await api.PUT('/api/solutions/{id}/hypothesis', { ...at(id), body: { version, hypothesis } }),
  );
}

export async function fixHypothesis({ id, version }: Plan): Promise<Assessed> {
  return dataOf(await api.POST('/api/solutions/{id}/hypothesis/fix', { ...at(id), body: { version } }));
}

export async function unfixHypothesis({ id, version }: Plan, reason: string): Promise<Assessed> {
  return dataOf(
    await api.POST('/api/solutions/{id}/hypothesis/unfix', { ...at(id), body: { version, reason } }),
  );
}

export async function releasePlan({ id, version }: Plan): Promise<Assessed> {
  return dataOf(await api.POST('/api/solutions/{id}/release', { ...at(id), body: { version } }));
}

/** What the measurement would say if the change had happened on a day of the past. */
export async function tryHypothesis(
  problem: string,
  hypothesis: Hypothesis,
  release: string,
): Promise<EffectMeasure> {
  return dataOf(await api.POST('/api/problems/{id}/try', { ...at(problem), body: { hypothesis, release } }));
}

export async function listGate(plan: string): Promise<GateItem[]> {
  return dataOf(await api.GET('/api/solutions/{id}/gate', at(plan)));
}

export async function startGate(plan: string, template: string): Promise<GateItem[]> {
  return dataOf(await api.POST('/api/solutions/{id}/gate', { ...at(plan), body: { template } }));
}

export async function addGateLine(plan: string, body: GateLine): Promise<GateItem> {
  return dataOf(await api.POST('/api/solutions/{id}/gate/items', { ...at(plan), body }));
}

export async function assignGateItem(
  plan: string,
  item: string,
  confirmer: string | null,
): Promise<GateItem> {
  const request = { ...line(plan, item), body: { confirmer } };
  return dataOf(await api.PUT('/api/solutions/{id}/gate/items/{item}/confirmer', request));
}

export async function confirmGateItem(plan: string, item: string, proof: string): Promise<GateItem> {
  const request = { ...line(plan, item), body: { proof } };
  return dataOf(await api.POST('/api/solutions/{id}/gate/items/{item}/confirm', request));
}

export async function withdrawGateItem(plan: string, item: string, reason: string): Promise<GateItem> {
  const request = { ...line(plan, item), body: { reason } };
  return dataOf(await api.POST('/api/solutions/{id}/gate/items/{item}/withdraw', request));
}

export async function listVerdicts(plan: string): Promise<Verdict[]> {
  return dataOf(await api.GET('/api/solutions/{id}/verdicts', at(plan)));
}

export async function signVerdict(verdict: string, signature: Schemas['SignatureIn']): Promise<Assessed> {
  return dataOf(await api.POST('/api/verdicts/{id}/sign', { ...at(verdict), body: signature }));
}

export async function listTemplates(): Promise<GateTemplate[]> {
  return dataOf(await api.GET('/api/gate-templates'));
}

export async function saveTemplate(id: string | null, body: Schemas['TemplateIn']): Promise<GateTemplate> {
  return id === null
    ? dataOf(await api.POST('/api/gate-templates', { body }))
    : dataOf(await api.PUT('/api/gate-templates/{id}', { ...at(id), body }));
}

export async function archiveTemplate({ id, version }: GateTemplate): Promise<void> {
  await api.DELETE('/api/gate-templates/{id}/{version}', { params: { path: { id, version } } });
}

export async function loadCriteria(): Promise<Criteria> {
  return dataOf(await api.GET('/api/criteria'));
}

export async function saveCriteria(body: Schemas['CriteriaIn']): Promise<void> {
  await api.PUT('/api/criteria', { body });
}
