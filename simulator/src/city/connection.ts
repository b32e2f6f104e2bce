import pg from 'pg';

/**
 * A connection of the bulk loader. What it commits may wait for the disk a moment: a crash takes back whole parts with
 * their marks, and they are loaded again. Where the admin is a superuser the foreign keys are not looked up row by row
 * but, all of them, at the end (integrity.ts).
 */
export async function connectLoader(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: 'gongzhi simulated city',
    options: '-c timezone=UTC -c search_path= -c synchronous_commit=off',
  });
  await client.connect();
  await client.query(
    `select set_config('session_replication_role', 'replica', false) from pg_catalog.pg_roles
     where rolname = current_user and rolsuper`,
  );
  await client.query('set role gongzhi_loader');
  return client;
}
