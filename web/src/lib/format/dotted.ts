// Short facts in one line, with dots between them that never begin the next line.
export function dotted(facts: readonly (string | null | undefined)[]): string {
  return facts.filter(Boolean).join('\u00a0· ');
}
