import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const API = process.env['GONGZHI_API'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/desk/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy has no data: for scripts or styles; small files stay files.
    assetsInlineLimit: 0,
    // The polyfill is an inline script in disguise; every browser we serve preloads modules itself.
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5174,
    proxy: { '/api': { target: API, changeOrigin: false } },
  },
});
