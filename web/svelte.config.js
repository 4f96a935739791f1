// SvelteKit as a single page application without inline script, so that `script-src 'self'` holds.
import adapter from '@sveltejs/adapter-static';
import { externalBootstrap } from './tools/external-bootstrap.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: externalBootstrap(adapter({ fallback: 'index.html' })),
    output: { bundleStrategy: 'split' },
    serviceWorker: { register: false },
    version: { pollInterval: 0 },
  },
};
