// SvelteKit as a single page application without inline script, so that `script-src 'self'` holds.
import adapter from '@sveltejs/adapter-static';
import { externalBootstrap } from './tools/external-bootstrap.js';

const output = process.env.OTKLIK_WEB_OUT ?? 'build';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: externalBootstrap(adapter({ pages: output, fallback: 'index.html' }), output),
    output: { bundleStrategy: 'split' },
    serviceWorker: { register: false },
    version: { pollInterval: 0 },
  },
};
