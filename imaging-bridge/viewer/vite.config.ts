import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// Phones that patients have: iOS 15, and Android 9 with a browser that was never renewed since 2018.
const browsers = ['safari15', 'ios15', 'chrome71', 'edge79', 'firefox78'];

const nothing = fileURLToPath(new URL('src/decode/nothing.ts', import.meta.url));

export default defineConfig({
  logLevel: 'warn',
  resolve: { alias: { fs: nothing, path: nothing } },
  base: '/view/',
  build: {
    outDir: '../target/classes/viewer',
    emptyOutDir: true,
    target: browsers,
    cssTarget: browsers,
    // Nothing inline: the page's content security policy takes no data: address for code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['view.html', 'ecg.html', 'slide.html'] },
    chunkSizeWarningLimit: 800,
  },
  // A classic script: module workers are younger than the phones.
  worker: { format: 'iife' },
  server: {
    proxy: { '/dicomweb': process.env.HUB_IMAGING ?? 'http://127.0.0.1:8081' },
  },
});
