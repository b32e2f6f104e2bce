// Keeps one PostgreSQL for tests alive, so that `npx vitest` starts at once: node scripts/test-postgres.ts
import { startTestPostgres } from '../test/postgres.ts';
import { exitWith } from './postgres.ts';

try {
  const server = await startTestPostgres();
  process.stdout.write(`# In the shell that runs the tests (Ctrl-C here removes the server and its data):\n`);
  process.stdout.write(`export GONGZHI_TEST_ADMIN_URL='${server.adminUrl}'\n`);
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void server.stop().then(() => process.exit(0));
    });
  }
  setInterval(() => {}, 60_000);
} catch (error) {
  exitWith(error);
}
