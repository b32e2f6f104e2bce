import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, startTestServer, type TestServer } from '../../../../test/server.ts';
import { apiPrefix } from '../platform/http/app.ts';
import { meterRoutes } from './fixtures.ts';
import { mayAttempt, type Permission, permissions, type Role } from '../platform/permissions/permissions.ts';
import { billingRoutes } from '../../../../test/routes-billing.ts';
import { authorityRoutes } from './routes/fixtures.ts';
import { paymentRoutes } from '../../../../test/routes-payments.ts';

/**
 * Every route with every role. What each route asks for is written down here once more, by hand: a route that is
 * new, or that asks for something else than it did, fails until somebody has thought about it.
 */
const routes: Record<string, Permission | 'public'> = {
  'GET /auth/options': 'public',
  'POST /auth/codes': 'public',
  'POST /auth/sessions': 'public',
  'DELETE /auth/sessions': 'account.self',
  'DELETE /auth/sessions/current': 'account.self',
  'GET /me': 'account.self',
  'PUT /me/acting': 'account.self',
  'PUT /me/password': 'account.self',
  'PUT /me/preferences': 'account.self',
  'GET /me/consents': 'account.self',
  'POST /me/consents': 'consent.give',
  'POST /me/consents/:id/withdraw': 'account.self',
  'POST /work-orders/:id/slips': 'slip.print',
  'POST /work-orders/:id/slips/revoke': 'slip.print',
  'GET /slips/:token': 'public',
  'GET /work-orders/desk-phones': 'rules.read',
  'PUT /work-orders/desk-phones/:scopeId': 'desk_phone.write',
  'POST /work-orders/callers': 'work_order.create_for_caller',
  'POST /work-orders/triage': 'work_order.triage',
  'GET /prevention/projects': 'prevention.read',
  'GET /prevention/projects/:id': 'prevention.read',
  'POST /prevention/projects/:id/commands': 'prevention.manage',
  'GET /prevention/risks': 'prevention.read',
  'POST /access/gates/:id/guard-phones': 'gate.manage',
  'GET /access/gates/:id/notes': 'gate.check',
  'POST /access/gates/:id/notes': 'gate.check',
  'POST /access/guard-phones': 'gate.check',
  'POST /access/gate-searches': 'gate.check',
  'GET /access/flags': 'passage.read',
  'POST /access/flags/:id/seen': 'passage.read',
  'GET /access/bundle': 'public',
  'POST /access/heartbeats': 'public',
  'GET /access/barrier-orders': 'public',
  'POST /access/barrier-orders/:id/answer': 'public',
  'GET /access/barriers': 'gate.read',
  'POST /access/barriers/:id/open': 'barrier.open',
  'GET /access/openings': 'gate.check',
  'POST /access/openings/:id/answer': 'gate.check',
  'GET /access/own/openings': 'gate.own',
  'POST /access/own/openings': 'gate.own',
  'POST /access/own/openings/:id/withdraw': 'gate.own',
  'POST /access/decisions': 'public',
  'GET /access/own': 'gate.own',
  'POST /access/own/passes': 'gate.own',
  'POST /access/own/passes/:id/key': 'gate.own',
  'GET /access/invitations': 'gate.own',
  'POST /access/invitations': 'gate.own',
  'POST /access/invitations/:id/revoke': 'gate.own',
  'GET /access/visits': 'gate.own',
  'GET /access/passes': 'pass.read',
  'POST /access/passes': 'pass.issue',
  'POST /access/passes/:id/commands': 'pass.issue',
  'GET /access/car-park': 'pass.read',
  'GET /access/counts': 'passage.figures',
  'POST /access/counts': 'gate.recount',
  'PUT /access/car-park': 'car_park.manage',
  'GET /access/list-entries': 'gate_list.read',
  'POST /access/list-entries': 'gate_list.write',
  'POST /access/list-entries/:id/lift': 'gate_list.write',
  'POST /access/list-entries/:id/appeal': 'gate_list.appeal',
  'POST /access/list-entries/:id/answer': 'gate_list.answer',
  ...billingRoutes,
  ...paymentRoutes,
  'GET /access/parcels': 'parcel.read',
  'POST /access/parcels': 'parcel.keep',
  'POST /access/parcels/:id/commands': 'parcel.read',
  'GET /access/goods-slips': 'goods_slip.read',
  'POST /access/goods-slips': 'gate.own',
  'POST /access/goods-slips/:id/cancel': 'gate.own',
  'POST /access/goods-slips/:id/check': 'goods_slip.check',
  'GET /consents': 'consent.list',
  'POST /consents': 'consent.record',
  'POST /consents/:id/withdraw': 'consent.record',
  'GET /open311/services': 'open311.read',
  'POST /open311/services/:code': 'open311.manage',
  'GET /open311/clients': 'open311.manage',
  'POST /open311/clients': 'open311.manage',
  'POST /open311/clients/:id/revoke': 'open311.manage',
  'GET /open311/publications/:id': 'open311.publication',
  'POST /open311/publications/:id': 'open311.publication',
  'POST /open311/publications/:id/sender': 'open311.publication',
  'GET /dispatch/roster': 'roster.read',
  'POST /dispatch/patterns': 'roster.write',
  'POST /dispatch/patterns/:id': 'roster.write',
  'POST /dispatch/rosters': 'roster.write',
  'POST /dispatch/rosters/:id/end': 'roster.write',
  'POST /dispatch/changes': 'roster.write',
  'POST /dispatch/changes/:id/withdraw': 'roster.write',
  'GET /dispatch/shift-files': 'roster.write',
  'POST /dispatch/shift-files': 'roster.write',
  'POST /dispatch/shift-files/:id/withdraw': 'roster.write',
  'GET /dispatch/my-shifts': 'roster.mine',
  'GET /dispatch/orders/:id/candidates': 'work_order.candidates',
  'GET /dispatch/orders/:id': 'dispatch.read',
  'GET /dispatch/orders/:id/arrival': 'work_order.read',
  'GET /dispatch/arrivals': 'work_order.read',
  'GET /dispatch/board': 'roster.read',
  'GET /dispatch/plan': 'dispatch.read',
  'GET /dispatch/rules': 'dispatch.read',
  'PUT /dispatch/rules/mode': 'rules.write',
  'PUT /dispatch/rules/offers': 'rules.write',
  'PUT /dispatch/rules/escalation': 'rules.write',
  'GET /dispatch/estimates': 'dispatch.read',
  'POST /dispatch/orders/:id/acknowledge': 'dispatch.acknowledge',
  'GET /dispatch/offers': 'offer.answer',
  'POST /dispatch/offers/:id': 'offer.answer',
  'POST /dispatch/position': 'roster.mine',
  'POST /dispatch/position/forget': 'roster.mine',
  'GET /sensing/devices': 'device.read',
  'POST /sensing/devices': 'device.manage',
  'GET /sensing/devices/:id': 'device.read',
  'GET /sensing/devices/:id/readings': 'device.read',
  'POST /sensing/devices/:id/commands': 'device.manage',
  'POST /sensing/devices/:id/credentials': 'device.manage',
  'GET /sensing/alarms': 'device.read',
  'GET /sensing/rules': 'rules.read',
  'PUT /sensing/rules/:code': 'rules.write',
  // A device brings a name and a secret of its own.
  'POST /sensing/readings': 'public',
  'GET /patrol/routes': 'patrol.read',
  'POST /patrol/routes': 'patrol.manage',
  'POST /patrol/routes/:id/commands': 'patrol.manage',
  'POST /patrol/checkpoints/:id/commands': 'patrol.manage',
  'GET /patrol/checkpoints/:id/frequencies': 'patrol.read',
  'GET /patrol/rounds': 'patrol.read',
  'GET /patrol/my-rounds': 'patrol.walk',
  'POST /patrol/rounds/:id/checks': 'patrol.walk',
  'GET /patrol/lowerings': 'patrol.read',
  'POST /patrol/lowerings': 'patrol.lower',
  'POST /patrol/lowerings/:id/decide': 'patrol.approve',
  'POST /patrol/lowerings/:id/withdraw': 'patrol.lower',
  'GET /patrol/freed': 'patrol.read',
  'GET /access/gates': 'gate.read',
  'POST /access/gates': 'gate.manage',
  'POST /access/gates/:id/commands': 'gate.manage',
  'POST /access/gates/:id/devices': 'gate.manage',
  'POST /access/devices/:id/commands': 'gate.manage',
  'POST /access/devices/:id/credentials': 'gate.manage',
  'GET /access/measures': 'gate.measures',
  'POST /access/measures': 'gate.order_measures',
  'POST /access/measures/:id/commands': 'gate.order_measures',
  // A device brings a name and a key of its own.
  'POST /access/checks': 'public',
  ...authorityRoutes,
  'POST /access/gates/:gateId/checks': 'gate.check',
  'POST /access/gates/:gateId/overrides': 'gate.override',
  'GET /access/gates/:id/chain': 'passage.search',
  'GET /access/passages': 'passage.read',
  'POST /access/passages/search': 'passage.search',
  'GET /access/flow': 'passage.figures',
  'GET /access/destructions': 'gate.measures',
  'GET /live': 'live.listen',
  'GET /inbox': 'inbox.read',
  'GET /inbox/unread-count': 'inbox.read',
  'POST /inbox/:id/read': 'inbox.read',
  'POST /inbox/read-all': 'inbox.read',
  'GET /me/messages': 'inbox.read',
  'PUT /me/messages': 'inbox.read',
  'PUT /me/messages/addresses/:channel': 'inbox.read',
  'POST /me/messages/addresses/:channel/confirm': 'inbox.read',
  'DELETE /me/messages/addresses/:channel': 'inbox.read',
  'GET /me/wechat/links/:token': 'inbox.read',
  'POST /me/wechat/links/:token': 'inbox.read',
  'GET /deliveries': 'delivery.list',
  'POST /message-receipts': 'public',
  'POST /files': 'file.upload',
  'GET /files/:id': 'file.read',
  'GET /places/scopes': 'place.read',
  'GET /places/scopes/:scopeId': 'place.read',
  'GET /places/scopes/:scopeId/buildings': 'place.read',
  'GET /places/scopes/:scopeId/facilities': 'place.read',
  'GET /places/scopes/:scopeId/grids': 'grid.list',
  'GET /places/scopes/:scopeId/households': 'household.list',
  'GET /places/scopes/:scopeId/staff': 'staff.list',
  'GET /places/households/:householdId': 'household.read',
  'GET /exports/:list': 'list.export',
  'POST /places/scopes/:scopeId/people/export': 'register.export',
  'GET /places/imports': 'place.import',
  'POST /places/imports': 'place.import',
  'GET /places/imports/:importId': 'place.import',
  'GET /places/imports/:importId/faults': 'place.import',
  'GET /places/imports/:importId/faults/file': 'place.import',
  'GET /places/imports/:importId/columns': 'place.import',
  'POST /places/imports/:importId/columns': 'place.import',
  'POST /places/imports/:importId/start': 'place.import',
  'GET /places/import-templates/:kind': 'place.import',
  'GET /places/organisations': 'organisation.list',
  'POST /places/organisations': 'owner.manage',
  'GET /places/organisations/:organisationId/buildings': 'owner.list',
  'GET /places/tree': 'organisation.list',
  'GET /places/served-by-others': 'organisation.list',
  'POST /places/scopes/:scopeId/grids': 'grid.manage',
  'POST /places/grids/:gridId/commands': 'grid.manage',
  'GET /places/grids/mine': 'grid.mine',
  'GET /places/scopes/:scopeId/buildings/:buildingId/plan': 'household.list',
  'GET /places/takeovers': 'takeover.read',
  'POST /places/scopes/:scopeId/takeovers': 'takeover.plan',
  'POST /places/takeovers/:takeoverId/commands': 'takeover.plan',
  'GET /places/departments': 'takeover.plan',
  'GET /places/scopes/:scopeId/service-periods': 'place.read',
  'GET /places/scopes/:scopeId/owners': 'owner.list',
  'POST /places/scopes/:scopeId/owners': 'owner.manage',
  'GET /staff': 'staff.manage',
  'POST /staff': 'staff.manage',
  'GET /staff/:staffId': 'staff.manage',
  'POST /staff/:staffId/commands': 'staff.manage',
  'GET /me/second-factor': 'account.self',
  'POST /me/second-factor': 'account.self',
  'POST /me/second-factor/confirmation': 'account.self',
  'POST /me/second-factor/recovery-codes': 'account.self',
  'POST /me/second-factor/removal': 'account.self',
  'POST /places/households/:householdId/commands': 'household.change',
  'GET /people': 'person.find',
  'GET /people/:personId': 'person.find',
  'POST /people/:personId/reveal': 'person.reveal',
  'POST /people/:personId/correct': 'person.correct',
  'GET /me/disclosures': 'account.self',
  'GET /me/data': 'account.self',
  'POST /people/:personId/export': 'person.export',
  'GET /people/:personId/erasure': 'person.erase',
  'POST /people/:personId/erasure': 'person.erase',
  ...meterRoutes,
  'GET /ledger/books': 'ledger.totals',
  'GET /ledger/trial-balance': 'ledger.totals',
  'GET /ledger/owners': 'ledger.read',
  'GET /ledger/postings': 'ledger.read',
  'GET /ledger/periods': 'ledger.totals',
  'POST /ledger/periods': 'ledger.close',
  'GET /ledger/chain': 'ledger.totals',
  'POST /ledger/verifications': 'ledger.verify',
  'GET /accounts': 'accounts.read',
  'GET /accounts/:id': 'accounts.read',
  'GET /accounts/draft': 'accounts.manage',
  'POST /accounts': 'accounts.publish',
  'GET /accounts/entries': 'accounts.manage',
  'GET /accounts/entries/:id': 'accounts.manage',
  'POST /accounts/entries': 'accounts.manage',
  'POST /accounts/entries/:id/withdrawal': 'accounts.manage',
  'GET /heating/season': 'heating.read',
  'GET /heating/visits': 'heating.read',
  'POST /heating/visits': 'heating.record',
  'GET /heating/cold-rooms': 'heating.read',
  'POST /telephony/events': 'public',
  'GET /telephony/desk': 'telephony.answer',
  'PUT /telephony/seat': 'telephony.answer',
  'GET /telephony/calls': 'telephony.answer',
  'GET /telephony/tasks': 'telephony.answer',
  'POST /telephony/tasks/:id/claim': 'telephony.answer',
  'POST /telephony/tasks/:id/outcome': 'telephony.answer',
  'GET /telephony/lines': 'telephony.manage',
  'POST /telephony/lines': 'telephony.manage',
  'POST /telephony/lines/:id/revoke': 'telephony.manage',
  'POST /hotline/intake': 'public',
  'GET /hotline/batches': 'hotline.take_in',
  'POST /hotline/batches': 'hotline.take_in',
  'GET /hotline/mappings': 'hotline.take_in',
  'PUT /hotline/mappings/:name': 'hotline.take_in',
  'GET /hotline/clients': 'hotline.client',
  'POST /hotline/clients': 'hotline.client',
  'POST /hotline/clients/:id/revoke': 'hotline.client',
  'GET /hotline/rates': 'hotline.read',
  'GET /hotline/callbacks': 'hotline.read',
  'GET /hotline/density': 'hotline.read',
  'GET /hotline/cases': 'hotline.read',
  'POST /hotline/cases': 'hotline.take_in',
  'GET /hotline/queues': 'hotline.read',
  'GET /hotline/cases/:id': 'hotline.read',
  'POST /hotline/cases/:id/commands': 'hotline.command',
  'POST /hotline/cases/:id/caller': 'hotline.caller',
  'GET /hotline/cases/:id/units': 'hotline.command',
  'GET /work-orders': 'work_order.list',
  'POST /work-orders': 'work_order.create',
  'GET /work-orders/:id': 'work_order.read',
  'GET /work-orders/:id/timeline': 'work_order.read',
  'POST /work-orders/:id/commands': 'work_order.command',
  'POST /work-orders/:id/contact': 'work_order.contact',
  'GET /work-orders/similar': 'work_order.similar',
  'POST /work-orders/:id/follow': 'work_order.follow',
  'POST /work-orders/:id/unfollow': 'work_order.follow',
  'GET /work-orders/:id/callbacks': 'callback.work',
  'POST /work-orders/:id/callback/claim': 'callback.work',
  'POST /work-orders/:id/callback/release': 'callback.work',
  'GET /work-orders/callbacks': 'callback.work',
  'POST /work-orders/callbacks/next': 'callback.work',
  'GET /work-orders/callbacks/rates': 'work_order.report',
  'GET /work-orders/my-ratings': 'work_order.own_ratings',
  'GET /work-orders/callbacks/rules': 'callback.script.read',
  'PUT /work-orders/callbacks/rules': 'rules.write',
  'GET /work-orders/callbacks/script': 'callback.script.read',
  'PUT /work-orders/callbacks/script': 'callback.script.write',
  'GET /work-orders/:id/working': 'work_order.read',
  'POST /work-orders/:id/working': 'work_order.command',
  'GET /work-orders/:id/contractor-links/:linkId': 'work_order.contractor',
  'GET /work-orders/household-bills': 'bill.list',
  'GET /work-orders/prices': 'price.read',
  'POST /work-orders/prices': 'price.write',
  'GET /work-orders/handovers': 'work_order.handover',
  'POST /work-orders/handovers': 'work_order.handover_give',
  'POST /work-orders/handovers/:handoverId': 'work_order.handover_give',
  'GET /jobs/:token': 'public',
  'POST /jobs/:token': 'public',
  'POST /jobs/:token/contact': 'public',
  'POST /jobs/:token/photos': 'public',
  'GET /work-orders/catalogue': 'catalogue.read',
  'GET /work-orders/open-places': 'work_order.queues',
  'GET /work-orders/my-grid': 'grid.mine',
  'GET /work-orders/left': 'work_order.left',
  'GET /work-orders/queues': 'work_order.queues',
  'GET /work-orders/reports/comparison': 'work_order.report',
  'GET /work-orders/reports/on-time': 'work_order.report',
  'GET /work-orders/filters': 'desk.tools',
  'PUT /work-orders/filters/:id': 'desk.tools',
  'DELETE /work-orders/filters/:id': 'desk.tools',
  'GET /work-orders/columns': 'desk.tools',
  'PUT /work-orders/columns': 'desk.tools',
  'GET /work-orders/notes': 'note.use',
  'POST /work-orders/notes': 'note.use',
  'POST /work-orders/notes/:id/changes': 'note.use',
  'GET /work-orders/templates': 'template.read',
  'GET /work-orders/templates/:id/versions': 'template.read',
  'PUT /work-orders/templates/:id': 'template.write',
  'GET /work-orders/:id/history': 'order_history.read',
  'GET /work-orders/catalogue/entries': 'rules.read',
  'GET /work-orders/catalogue/entries/:code/versions': 'rules.read',
  'PUT /work-orders/catalogue/entries/:code': 'rules.write',
  'GET /work-orders/catalogue/clocks': 'rules.read',
  'POST /work-orders/catalogue/what-if': 'rules.read',
  'GET /work-orders/calendar': 'rules.read',
  'PUT /work-orders/calendar': 'rules.write',
  'GET /work-orders/duties': 'catalogue.read',
  'PUT /work-orders/duties/:duty': 'rules.write',
  'PUT /work-orders/receivers/:code': 'rules.write',
};

/** The personas of the demonstration by role; a guard has no pages yet and so no persona. */
const personas: Record<Exclude<Role, 'guard'>, string> = {
  resident: 'resident',
  worker: 'worker',
  steward: 'steward',
  desk: 'desk',
  manager: 'manager',
  company: 'company',
  social_worker: 'social_worker',
  committee: 'committee',
  street: 'street',
  city: 'city',
};

let server: TestServer;
const clients = new Map<Role, Client>();

beforeAll(async () => {
  server = await startTestServer({ roles: 'api' });
  for (const [role, persona] of Object.entries(personas)) clients.set(role as Role, await server.as(persona));
});
afterAll(() => server.close());

/** An id that belongs to nobody: a permitted role is told that there is no such thing, a refused one is refused first. */
const nobody = '01900000-0000-7000-8000-00000000dead';
const addressOf = (route: string) => {
  const [method, path] = route.split(' ') as [string, string];
  return { method, path: path.replaceAll(/:\w+/g, nobody) };
};

function registered(): string[] {
  const found: string[] = [];
  // printRoutes is for people; the OpenAPI document is the list that clients see.
  const document = server.app.swagger() as { paths: Record<string, Record<string, unknown>> };
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      if (path.startsWith(apiPrefix))
        found.push(`${method.toUpperCase()} ${path.slice(apiPrefix.length).replaceAll(/\{(\w+)\}/g, ':$1')}`);
    }
  }
  return found.sort();
}

// Some two thousand requests: a busy machine takes its time.
describe('every route, every role', () => {
  it('are all known to this table', () => {
    expect(registered()).toEqual(Object.keys(routes).sort());
  });

  it('asks for a session, and says nothing else to a stranger', async () => {
    for (const [route, permission] of Object.entries(routes)) {
      if (permission === 'public') continue;
      const { method, path } = addressOf(route);
      const answer = await server
        .anonymous()
        .send(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
      expect([route, answer.status, answer.body.code]).toEqual([route, 401, 'auth.session_required']);
    }
  });

  it('refuses whom the permission table does not name, and only them', async () => {
    for (const [route, permission] of Object.entries(routes)) {
      // These end the session or stay open; they are asked of every role in tests of their own.
      if (permission === 'public' || route.startsWith('DELETE /auth') || route === 'GET /live') continue;
      const { method, path } = addressOf(route);
      await Promise.all(
        [...clients].map(async ([role, client]) => {
          const answer = await client.send(method, path, method === 'GET' ? undefined : {});
          const isRefused = answer.status === 403 && answer.body.code === 'permission.denied';
          expect([route, role, isRefused]).toEqual([route, role, !mayAttempt(role, permission)]);
          expect([route, role, answer.status < 500]).toEqual([route, role, true]);
        }),
      );
    }
  });

  it('takes no write without the token of the session, or from another origin', async () => {
    const client = clients.get('resident') as Client;
    for (const [route, permission] of Object.entries(routes)) {
      const { method, path } = addressOf(route);
      if (method === 'GET') continue;
      const foreign = await client.send(method, path, {}, { origin: 'https://elsewhere.example' });
      expect([route, foreign.status, foreign.body.code]).toEqual([route, 403, 'auth.csrf']);
      const crossSite = await client.send(method, path, {}, { 'sec-fetch-site': 'cross-site' });
      expect([route, crossSite.body.code]).toEqual([route, 'auth.csrf']);
      if (permission === 'public') continue;
      const without = await client.send(method, path, {}, { 'x-csrf-token': 'guessed' });
      expect([route, without.status, without.body.code]).toEqual([route, 403, 'auth.csrf']);
    }
  });

  it('uses every permission there is', () => {
    const used = new Set(Object.values(routes));
    // Asked inside a route: the same address takes a resident's report and a call entered by the desk.
    const inside: Permission[] = ['work_order.create_for_caller', 'work_order.compare_staff'];
    const unused = (Object.keys(permissions) as Permission[]).filter(
      (name) => !used.has(name) && !inside.includes(name),
    );
    expect(unused).toEqual([]);
  });
});
