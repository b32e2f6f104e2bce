import { ensureTemplate, startTestPostgres } from './postgres.ts';

/**
 * Starts the run's PostgreSQL, unless GONGZHI_TEST_ADMIN_URL names one (kept by `node scripts/test-postgres.ts`).
 * Workers inherit the variable, and a second project of the same run finds it set. Without a database the run
 * fails: a skipped test proves nothing.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env['GONGZHI_TEST_ADMIN_URL'];
  if (given) {
    await ensureTemplate(given);
    return async () => {};
  }
  const server = await startTestPostgres();
  process.env['GONGZHI_TEST_ADMIN_URL'] = server.adminUrl;
  try {
    await ensureTemplate(server.adminUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return async () => {
    delete process.env['GONGZHI_TEST_ADMIN_URL'];
    await server.stop();
  };
}
