// The command by which a program sends its first item.

/** A line for a terminal, to be copied; the token is the reader's own and is not known here. */
export function pushExample(origin: string, source: string, text: string, token: string): string {
  const item = { external_id: '1001', occurred_at: '2026-11-22T10:15:00', customer: 'C-42', nps: 7, text };
  const address = `${origin}/api/sources/${encodeURIComponent(source)}/feedback`;
  return [
    `curl -X POST ${quote(address)} \\`,
    `  -H ${quote(`Authorization: Bearer ${token}`)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quote(JSON.stringify({ items: [item] }))}`,
  ].join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
