// The embedded PostgreSQL 18: one door to the folder beside this file.
export {
  type Cluster,
  type ClusterOptions,
  type Role,
  runningPostgres,
  startPostgres,
} from './postgres/cluster.ts';
export { copyOn, takeBase } from './postgres/backup.ts';
export { restore } from './postgres/restore.ts';
export { exitWith, StartError } from './postgres/start-error.ts';
