// Editing a cell of the backlog: a change that came too late says what stands there now.
import { Problem } from '$lib/api/problem';
import { t } from '$lib/i18n';
import { loadProblem, updateProblem, type Assessed, type ProblemPatch } from './backlog';

export type Cell = {
  title: string;
  /** The words of the cell in the newest version. */
  text: (row: Assessed) => string;
};

/**
 * Saves a cell and gives the row as it is now to `put`. When somebody was first, the newest row is put too, and the
 * error says what it holds in the cell.
 */
export async function saveCell(
  row: Assessed,
  patch: ProblemPatch,
  cell: Cell,
  put: (row: Assessed) => void,
): Promise<void> {
  try {
    put(await updateProblem(row.problem, patch));
  } catch (error) {
    if (!isStale(error)) throw error;
    const newest = await loadProblem(row.problem.id);
    put(newest);
    const words = t().backlog.stale;
    const now = cell.text(newest);
    throw new Problem(409, 'stale', words.cell(cell.title, now ? t().backlog.quoted(now) : words.empty));
  }
}

export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.code === 'stale';
}
