// Boards as files and reports at the API.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { View } from '$lib/filters/address';

export type Report = components['schemas']['ReportOut'];
export type ReportContent = components['schemas']['ReportContent'];
export type Rhythm = components['schemas']['Rhythm'];
export type Format = components['schemas']['ReportFormat'];
export type Paper = components['schemas']['ReportPaper'];
export type Recipient = Pick<components['schemas']['Person'], 'id' | 'name' | 'disabled_at'>;

/** The board with the period, the filter and the words that are on the screen. */
export async function makeFile(board: string, view: View, format: Format, paper: Paper): Promise<Blob> {
  const { period, filter, words } = view;
  const own = period !== null && 'name' in period ? period.name : period;
  const body = { format, paper, period: own, filter, words };
  const made = await api.POST('/api/boards/{id}/file', {
    params: { path: { id: board } },
    body: body as unknown as components['schemas']['BoardFileIn'],
    parseAs: 'blob',
  });
  return dataOf(made) as unknown as Blob;
}

export async function listReports(board: string): Promise<Report[]> {
  return dataOf(await api.GET('/api/boards/{id}/reports', { params: { path: { id: board } } }));
}

export async function listRecipients(): Promise<Recipient[]> {
  return dataOf(await api.GET('/api/people'));
}

/** Writes a report anew, or rewrites the one that was on the screen. */
export async function saveReport(
  board: string,
  report: Pick<Report, 'id' | 'version'> | null,
  content: ReportContent,
): Promise<void> {
  if (report === null) {
    await api.POST('/api/boards/{id}/reports', { params: { path: { id: board } }, body: content });
    return;
  }
  const body = { version: report.version, content };
  await api.PUT('/api/reports/{id}', { params: { path: { id: report.id } }, body });
}

export async function deleteReport(id: string): Promise<void> {
  await api.DELETE('/api/reports/{id}', { params: { path: { id } } });
}

export async function sendReport(id: string): Promise<void> {
  await api.POST('/api/reports/{id}/send', { params: { path: { id } } });
}
