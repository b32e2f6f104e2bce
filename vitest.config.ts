import { defineConfig } from 'vitest/config';

/**
 * Modules are shared between the files of a worker (`isolate: false`): 60 files take 0.8 s instead of 13.5.
 * Tests therefore keep their state in their own scope or database, never in a module.
 */
const domainTests = [
  'apps/server/src/modules/*/domain*.test.ts',
  'apps/server/src/modules/*/domain/**/*.test.ts',
];
const guardTests = ['test/**/*.test.ts'];

const everyPage = 'e2e/every-page-*.test.ts';
const inBrowser = {
  globalSetup: ['test/global-setup.ts'],
  testTimeout: 240_000,
  hookTimeout: 300_000,
  retry: process.env['CI'] === undefined ? 0 : 1,
};

export default defineConfig({
  test: {
    isolate: false,
    pool: 'forks',
    maxWorkers: 2,
    // Events wait for the oldest transaction of the whole test server, another file's included.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            ...domainTests,
            'packages/**/*.test.{ts,tsx}',
            'apps/{console,mobile}/**/*.test.{ts,tsx}',
          ],
          // Histories by the thousand on a shared machine.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: { name: 'architecture', include: guardTests, testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: [
            'apps/server/**/*.test.ts',
            'simulator/**/*.test.ts',
            'bench/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', ...domainTests],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 300_000,
          // A shared machine stalls for seconds; what fails there once and then holds is said to be flaky, not wrong.
          retry: process.env['CI'] === undefined ? 0 : 1,
        },
      },
      {
        extends: true,
        // Two stories side by side, each with a product, a browser and people of its own: most of a story is waiting.
        test: {
          ...inBrowser,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['**/node_modules/**', everyPage],
        },
      },
      {
        extends: true,
        // Seven hundred looks: two processes need little more than half the time of one.
        test: { ...inBrowser, name: 'pages', include: [everyPage] },
      },
    ],
  },
});
