import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const within = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The list of code that sw.ts keeps on the phone. */
function assetList(): Plugin {
  return {
    name: 'gongzhi-asset-list',
    apply: 'build',
    generateBundle(_, bundle) {
      const paths = Object.keys(bundle)
        .filter((name) => /^assets\/.*\.(js|css)$/.test(name))
        .map((name) => `/m/${name}`);
      this.emitFile({ type: 'asset', fileName: 'assets.json', source: JSON.stringify(paths.sort()) });
    },
  };
}

export default defineConfig({
  root: within('.'),
  base: '/m/',
  plugins: [react(), assetList()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Some of the phones in use are old: this is what native modules, `dialog` and `color-mix` need anyway.
    target: ['chrome111', 'safari16.4', 'firefox113'],
    // The policy allows no data: scripts, and small files are cheap over one connection.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One sheet of 7 KB beats twenty of 300 bytes on a line where each request costs a sixth of a second.
    cssCodeSplit: false,
    rolldownOptions: {
      input: { main: within('index.html'), sw: within('src/sw.ts') },
      output: {
        // The browser looks for a service worker at one address, whatever is in it.
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|lucide-react)\//,
              priority: 4,
            },
            // What every page needs comes with the first script: small things one by one would cost a request each.
            {
              name: 'base',
              test: /packages\/(?!ui\/src\/(Field|Choice|Dialog|WordsProvider|index)\.ts)|mobile\/src\/(app|api)|session\/(me|again|here)|work-orders\/(WaitingCard|Stations|say|queries)/,
              priority: 3,
            },
            // What only forms and sheets need, in one piece. After base: what both use belongs there.
            {
              name: 'aria',
              test: /node_modules\/(react-aria|react-stately|@react-|@internationalized)|ui\/src\/(Field|Choice|Dialog)\.tsx/,
              priority: 2,
            },
          ],
        },
      },
    },
  },
  server: { port: 5174, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
