import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { accessSync, chownSync, constants, readFileSync } from 'node:fs';
import { StartError } from './start-error.ts';

/**
 * PostgreSQL refuses to run as root, so a root caller runs it as an unprivileged user that already exists.
 * `nobody` first: it owns nothing, so the database gains no rights beyond its own folder.
 */
const candidates = ['nobody', 'postgres', 'daemon'];

type Identity = { uid: number; gid: number };
type User = Identity & { name: string };

export type RunAs = {
  /** Undefined when the caller is an ordinary user and runs PostgreSQL as itself. */
  user: User | undefined;
  spawn(command: string, args: string[], options?: SpawnOptions): ChildProcess;
  /** Gives a path to the database's user; a no-op for an ordinary caller. */
  own(path: string): void;
};

function unprivilegedUser(): User {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of candidates) {
    const account = accounts.find((fields) => fields[0] === name);
    const uid = Number(account?.[2]);
    const gid = Number(account?.[3]);
    if (uid > 0 && gid > 0) return { name, uid, gid };
  }
  throw new StartError(
    'root',
    'PostgreSQL does not run as root and this machine has no unprivileged user such as "nobody": run this as an ordinary user.',
  );
}

/** `ls -d` and not `test -x`: the latter asks the kernel about the user alone and overlooks capabilities. */
function canReach(user: Identity, path: string): boolean {
  const identity = { uid: user.uid, gid: user.gid };
  return spawnSync('ls', ['-d', path], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Can `setpriv` start a program as that user with this one capability, so that it reaches the path? */
function reachesWith(capability: string, user: Identity, path: string): boolean {
  const args = [...setprivArguments(capability, user), 'ls', '-d', path];
  return spawnSync('setpriv', args, { cwd: '/', stdio: 'ignore' }).status === 0;
}

function setprivArguments(capability: string, user: Identity): string[] {
  return [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    '--',
  ];
}

/**
 * Decides how PostgreSQL's programs are started. `reach` lists what they must be able to get at (their own
 * files, the database folder): under /root that is closed to everybody else, so there the unprivileged user
 * gets one capability, to pass through closed folders, and nothing more.
 */
export function runAs(reach: string[]): RunAs {
  if (process.getuid?.() !== 0) {
    return {
      user: undefined,
      spawn: (command, args, options) => spawn(command, args, options ?? {}),
      own() {},
    };
  }
  const user = unprivilegedUser();
  const own = (path: string) => chownSync(path, user.uid, user.gid);
  if (reach.every((path) => canReach(user, path))) {
    const identity = { uid: user.uid, gid: user.gid };
    return {
      user,
      own,
      spawn: (command, args, options) => spawn(command, args, { ...options, ...identity }),
    };
  }
  const capability = ['dac_read_search', 'dac_override'].find((name) =>
    reach.every((path) => reachesWith(name, user, path)),
  );
  if (capability === undefined) {
    const closed = reach.find((path) => !canReach(user, path)) ?? reach[0];
    throw new StartError(
      'root-closed-folder',
      `PostgreSQL does not run as root, and user "${user.name}" cannot reach ${closed}: run this as an ordinary user or move it out of a closed folder such as /root.`,
    );
  }
  const prefix = setprivArguments(capability, user);
  return {
    user,
    own,
    spawn: (command, args, options) => spawn('setpriv', [...prefix, command, ...args], options ?? {}),
  };
}

/** Root may write anywhere; an ordinary user needs the folder to be its own. */
export function assertOwnFolder(path: string): void {
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
}
