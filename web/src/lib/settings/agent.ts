// What a browser says of itself, as people call it.

const browsers: readonly [mark: RegExp, name: string][] = [
  [/YaBrowser\//, 'Yandex Browser'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
];

const systems: readonly [mark: RegExp, name: string][] = [
  [/Windows/, 'Windows'],
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** «Chrome, Windows»; what is no browser is shown by its first word. */
export function agentWords(agent: string): string {
  const find = (known: typeof browsers): string | undefined => known.find(([mark]) => mark.test(agent))?.[1];
  const words = [find(browsers), find(systems)].filter((word) => word !== undefined);
  return words.join(', ') || (agent.split(/[\s/]/)[0] ?? '');
}
