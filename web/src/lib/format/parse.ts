// Reads a number as people type it.

/** «1 204,5», «1 204.5», «−3», «12%» → a number; null when it is none. A comma is a decimal point. */
export function parseNumber(text: string): number | null {
  const plain = text
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/[−–]/g, '-')
    .replace(/%$/, '')
    .replace(',', '.');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  return Number(plain);
}

/** «22.11.2026», «22/11/26», «22 11 2026» or «2026-11-22» → «2026-11-22»; null when there is no such day. */
export function parseDay(text: string): string | null {
  const wire = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const typed = /^\s*(\d{1,2})[./\-\s](\d{1,2})[./\-\s](\d{4}|\d{2})\s*$/.exec(text);
  const parts = wire ? [wire[1], wire[2], wire[3]] : typed ? [typed[3], typed[2], typed[1]] : null;
  if (!parts) return null;
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  const moment = new Date(Date.UTC(year < 100 ? 2000 + year : year, month - 1, day));
  const isReal = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  return isReal ? moment.toISOString().slice(0, 10) : null;
}
