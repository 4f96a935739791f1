import { expect, it } from 'vitest';
import { agentWords } from './agent';

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
    'Chrome, Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604',
    'Safari, iOS',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/138 YaBrowser/25 Safari/537', 'Yandex Browser, Windows'],
  ['curl/7.88.1', 'curl'],
  ['', ''],
])('%s', (agent, words) => {
  expect(agentWords(agent)).toBe(words);
});
