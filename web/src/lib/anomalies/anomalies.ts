// Anomalies from the API, and their words.
import { resolve } from '$app/paths';
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Tone } from '$lib/components/feedback/tone';
import type { TrendSeries } from '$lib/components/charts/types';
import { showValue } from '$lib/components/figures/measure';
import type { View } from '$lib/filters/address';
import { addDays } from '$lib/filters/period';
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import { evidenceView } from '$lib/metrics/evidence';
import { betterOf, notationOf } from '$lib/metrics/measures';
import { metricName, valueName } from '$lib/metrics/words';
import type { Definition } from '$lib/metrics/wire';
import type { Directory } from '$lib/voice/directory';

type Schemas = components['schemas'];
export type Anomaly = Schemas['Anomaly'];
export type AnomalyState = Schemas['AnomalyState'];
export type AnomalyPage = Schemas['AnomalyOut'];
export type Company = { definitions: Definition[]; directory: Directory };
export type AnomalyQuery = {
  state?: AnomalyState;
  metric?: string;
  dimension?: string;
  limit?: number;
  offset?: number;
};

export const anomalyStates: readonly AnomalyState[] = ['new', 'seen', 'explained', 'false'];

export async function listAnomalies(
  query: AnomalyQuery,
  signal?: AbortSignal,
): Promise<{ items: Anomaly[]; total: number }> {
  return dataOf(await api.GET('/api/anomalies', { params: { query }, signal }));
}

const at = (id: string) => ({ params: { path: { id } } });

export async function loadAnomaly(id: string): Promise<AnomalyPage> {
  return dataOf(await api.GET('/api/anomalies/{id}', at(id)));
}

export async function decideAnomaly(
  { id, version }: Anomaly,
  state: AnomalyState,
  note: string,
): Promise<AnomalyPage> {
  return dataOf(await api.PUT('/api/anomalies/{id}/decision', { ...at(id), body: { version, state, note } }));
}

export async function linkAnomaly({ id, version }: Anomaly, problem: string | null): Promise<AnomalyPage> {
  return dataOf(await api.PUT('/api/anomalies/{id}/problem', { ...at(id), body: { version, problem } }));
}

export function anomalyHref(id: string): string {
  return `${resolve('/metrics')}/anomalies/${id}`;
}

/** «Отклики: тема «Сбои приложения»». */
export function seriesName(anomaly: Anomaly, { definitions, directory }: Company): string {
  const definition = definitions.find(({ code }) => code === anomaly.metric);
  const metric = definition ? metricName(definition) : anomaly.metric;
  if (!anomaly.dimension || !anomaly.value) return metric;
  return t().anomalies.seriesOf(metric, partWords(anomaly.dimension, anomaly.value, directory));
}

export function isRise({ deviation }: Anomaly): boolean {
  return deviation > 0;
}

export function kindWords(anomaly: Anomaly): string {
  const kinds = t().anomalies.kinds;
  if (anomaly.kind === 'spike') return isRise(anomaly) ? kinds.spikeUp : kinds.spikeDown;
  return isRise(anomaly) ? kinds.shiftUp : kinds.shiftDown;
}

/** Good or bad by the metric's direction; of a metric without one, only noted. */
export function toneOf(anomaly: Anomaly, definitions: readonly Definition[]): Tone {
  const definition = definitions.find(({ code }) => code === anomaly.metric);
  const better = definition ? betterOf(definition.direction) : null;
  if (better === null) return 'warn';
  return (better === 'up') === isRise(anomaly) ? 'good' : 'bad';
}

/** A value in the metric's own notation; counts of events have as many digits as they need. */
export function valueWords(anomaly: Anomaly, value: number, definitions: readonly Definition[]): string {
  const unit = definitions.find(({ code }) => code === anomaly.metric)?.unit ?? 'number';
  const { factor, digits, unit: shown } = notationOf(unit);
  const isCount = unit === 'items' || unit === 'customers';
  const needed = isCount && Math.abs(value) < 10 && !Number.isInteger(value) ? 1 : digits;
  return showValue({ value: value * factor, unit: shown, digits: needed });
}

/** «45 вместо 3 в день». */
export function changeWords(anomaly: Anomaly, definitions: readonly Definition[]): string {
  const value = (of: number): string => valueWords(anomaly, of, definitions);
  const words = t().anomalies.instead(value(anomaly.actual), value(anomaly.expected));
  const unit = definitions.find(({ code }) => code === anomaly.metric)?.unit;
  const grows = unit === 'items' || unit === 'customers' || unit === 'rate';
  return grows ? `${words} ${t().anomalies.grain[anomaly.grain]}` : words;
}

export function daysWords(anomaly: Anomaly): string {
  if (anomaly.kind === 'shift') return t().anomalies.since(fmt().day(anomaly.from_on));
  return anomaly.from_on === anomaly.to_on
    ? fmt().day(anomaly.from_on)
    : fmt().dayRange(anomaly.from_on, anomaly.to_on);
}

/** «86 % прироста — канал «чат», регион «Урал»»; nothing where no value stands out. */
export function causeWords(anomaly: Anomaly, directory: Directory): string | null {
  const { joint, candidates } = anomaly.causes;
  const first = candidates[0];
  const parts = joint ? joint.parts : first ? [first] : [];
  const share = joint ? joint.share_pct : first?.share_pct;
  if (parts.length === 0 || share === undefined) return null;
  const what = parts.map(({ dimension, value }) => partWords(dimension, value, directory)).join(', ');
  const words = t().anomalies.causes;
  const rose = anomaly.actual >= anomaly.expected;
  return (rose ? words.rise : words.fall)(fmt().percent(share / 100, 0), what);
}

export function partWords(dimension: string, value: string, directory: Directory): string {
  const names: Record<string, string> = t().anomalies.dimensions;
  return t().anomalies.causes.part(names[dimension] ?? dimension, valueName(directory, dimension, value));
}

/** The items behind it: its series in its days. */
export function itemsView(anomaly: Anomaly, definition: Definition, today: string): View {
  const view: View = {
    filter: 'all',
    period: { from: anomaly.from_on, to: addDays(anomaly.to_on, 1) },
    words: '',
  };
  const { dimension, value } = anomaly;
  const looks = { looks_at: definition.looks_at, window: null };
  return evidenceView(view, looks, dimension && value ? [[dimension, value]] : [], today);
}

/** What was, with the usual scatter around what was expected. */
export function toSeries({ anomaly, chart }: AnomalyPage, definitions: readonly Definition[]): TrendSeries[] {
  const unit = definitions.find(({ code }) => code === anomaly.metric)?.unit ?? 'number';
  const { factor } = notationOf(unit);
  const scaled = (value: number | null | undefined): number | undefined =>
    value === null || value === undefined ? undefined : value * factor;
  const place = ({ period }: (typeof chart.points)[number]) => ({
    key: period.from,
    label: period.from === period.to ? fmt().day(period.from) : fmt().dayRange(period.from, period.to),
    short: fmt().key('day', period.from, true),
  });
  return [
    {
      id: 'actual',
      label: t().anomalies.chart.actual,
      points: chart.points.map((point) => ({
        ...place(point),
        value: scaled(point.value) ?? null,
        low: scaled(point.low),
        high: scaled(point.high),
      })),
    },
    {
      id: 'expected',
      label: t().anomalies.chart.expected,
      compare: true,
      points: chart.points.map((point) => ({ ...place(point), value: scaled(point.expected) ?? null })),
    },
  ];
}
