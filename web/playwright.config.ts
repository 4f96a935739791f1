// Browser tests against the guide build, served with the strict policy; Debian's Chromium where there is one.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const port = Number(process.env.OTKLIK_E2E_PORT ?? 4173);
const output = '.svelte-kit/guide';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: 'ru',
    timezoneId: 'Europe/Moscow',
    launchOptions: {
      args: ['--no-sandbox', '--disable-background-networking'],
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
    },
  },
  webServer: {
    command: `npx vite build --mode guide --logLevel warn && node e2e/serve.js ${output} ${port}`,
    env: { OTKLIK_WEB_OUT: output },
    url: `http://127.0.0.1:${port}/robots.txt`,
    timeout: 180_000,
  },
});
