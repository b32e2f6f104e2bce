import type { Placements } from './platform/db/distribute.ts';

/**
 * Where the rows of a table lie when the database is spread over several machines. A table that leads its keys with
 * scope_id lies with its scope and is not listed; every other one is, with its reason, or `npx gongzhi distribute` and
 * guards/distribution.test.ts refuse it.
 */
export const placements: Placements = {
  // Read by policies and pointed at by everything; one row a place (docs/decisions/0009).
  'places.scope': 'everywhere',
  'work_orders.category': 'everywhere',

  // Of a person, who belongs to no scope.
  'identity.account': { by: 'account_id', with: null },
  'identity.password': { by: 'account_id', with: 'identity.account' },
  'identity.second_factor': { by: 'account_id', with: 'identity.account' },
  'identity.recovery_code': { by: 'account_id', with: 'identity.account' },
  'platform.message_address': { by: 'account_id', with: 'identity.account' },
  'platform.message_preference': { by: 'account_id', with: 'identity.account' },
  // What is unique in the whole city: a phone number.
  'identity.phone_registry': { by: 'phone_index', with: null },
  'identity.login_code': { by: 'phone_index', with: 'identity.phone_registry' },
  // Looked up by what a browser brings.
  'identity.session': { by: 'session_hash', with: null },
  'identity.sign_in_ticket': { by: 'ticket_hash', with: null },

  // In the order in which transactions committed, which only one machine knows; and who has read how far.
  'platform.outbox': 'coordinator',
  'platform.consumer': 'coordinator',
  'platform.dead_letter': 'coordinator',
  // Small, short-lived, or of the installation.
  'platform.throttle': 'coordinator',
  'platform.migration': 'coordinator',
  'identity.persona': 'coordinator',
  'wechat.request': 'coordinator',
  'wechat.message': 'coordinator',
  'wechat.answer_link': 'coordinator',
  'wechat.departure': 'coordinator',
};
