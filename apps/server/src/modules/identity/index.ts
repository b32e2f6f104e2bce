import { signingIn } from '../../platform/db/actor.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Module } from '../../platform/house.ts';
import { keepResidents } from './consumers.ts';
import { tellParties } from './consumers-consents.ts';
import { messages as takeoverMessages, passConsents, takeoverNotices } from './consumers-takeovers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { hasDemonstrationAccount } from './queries.ts';
import { messages } from './messages.ts';
import { routes } from './routes.ts';
import { identityExports } from './view-exports.ts';

export {
  type AccountInput,
  loaders,
  type MembershipInput,
  type PersonaInput,
} from './import-rows.ts';
export { hashPassword } from './service-passwords.ts';
export {
  accountOfNumber,
  accountsByRole,
  contactOfAccount,
  recipientsOf,
  rolesOfAccount,
} from './queries.ts';
export { tellParties } from './consumers-consents.ts';
export { admitRequest } from './service-throttle.ts';
export { holdConsent } from './service-consents.ts';
export { type ConsentRow, consentsOfDelegate, delegatesOf } from './queries-consents.ts';
export { admit, type Counter, throttleKey } from './service-throttle.ts';
export { closeAccount, consentsOfPerson, isActiveElsewhere, ownAccount } from './queries-own.ts';
export { actingOf, type Capacity, createSessionStore } from './service-store.ts';

/** Production must not open its doors to accounts whose codes a page would show. */
export async function assertNoDemonstrationAccounts(db: Database): Promise<void> {
  if (await db.read(signingIn, hasDemonstrationAccount)) {
    throw new Error(
      'This database holds demonstration accounts; production does not start on it. Use a database of its own.',
    );
  }
}

export const identity: Module = {
  name: 'identity',
  errors,
  constraints,
  routes,
  due,
  consumers: [keepResidents, tellParties, takeoverNotices, passConsents],
  messages: { ...messages, ...takeoverMessages },
  exports: identityExports,
};
