// Build, development server (the API is the binary's) and unit tests.
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { strictStyle } from './tools/strict-style.js';

const api = process.env.OTKLIK_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [strictStyle(), sveltekit()],
  server: { proxy: { '/api': api } },
  build: { target: 'es2022', reportCompressedSize: false },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
