import { expect, it } from 'vitest';
import { pushExample } from './push';

it('is safe to paste into a terminal', () => {
  expect(pushExample('https://cx.example', "Чат $(x) 'а'", "it's slow", 'TOKEN').split('\n')).toEqual([
    "curl -X POST 'https://cx.example/api/sources/%D0%A7%D0%B0%D1%82%20%24(x)%20'\\''%D0%B0'\\''/feedback' \\",
    "  -H 'Authorization: Bearer TOKEN' \\",
    "  -H 'Content-Type: application/json' \\",
    `  -d '{"items":[{"external_id":"1001","occurred_at":"2026-11-22T10:15:00","customer":"C-42","nps":7,"text":"it'\\''s slow"}]}'`,
  ]);
});
