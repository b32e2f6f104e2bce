import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import type { MessageKinds } from '../../platform/notify/messages.ts';
import { notify } from '../../platform/notify/notify.ts';
import type { Role } from '../../platform/permissions/permissions.ts';
import { wallOf } from '../places/index.ts';
import { evidenceType } from './domain-consents.ts';
import { accountsByRole } from './queries.ts';

const kinds = ['planned', 'changed', 'cancelled', 'reminded', 'applied', 'ending'].map(
  (word) => `takeover.${word}`,
);
/** Names of a compound and of companies, and a date: nothing of anybody. */
const outside = ['compound', 'from', 'to', 'date'] as const;

export const messages: MessageKinds = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    { urgency: kind === 'takeover.ending' || kind === 'takeover.reminded' ? 'action' : 'news', outside },
  ]),
);

/** Both companies' desks, their headquarters, the street and the community hear of a takeover. */
export const takeoverNotices: Consumer = {
  name: 'identity.takeover_notices',
  kinds,
  async handle(events, tx) {
    for (const event of events) {
      // It is recorded once for either company's wall; people hear of it once.
      if (event.payload['isFirst'] !== true) continue;
      const id = (name: string) => event.payload[name] as string | null;
      const compound = await wallOf(tx, event.scopeId);
      const today = localDate(event.occurredAt.getTime(), compound?.timeZone);
      const offices: readonly (readonly [string | null, readonly Role[]])[] = [
        [id('fromDepartmentId'), ['desk', 'manager']],
        [id('toDepartmentId'), ['desk', 'manager']],
        [id('fromCompanyId'), ['company']],
        [id('toCompanyId'), ['company']],
        [compound?.streetId ?? null, ['street']],
        [compound?.communityId ?? null, ['committee', 'social_worker']],
      ];
      const params = {
        compound: compound?.name ?? '',
        from: await nameOf(tx, id('fromCompanyId')),
        to: await nameOf(tx, id('toCompanyId')),
        date: id(event.kind === 'takeover.ending' ? 'endsOn' : 'effectiveOn'),
      };
      const told = new Set<string | null>([id('byAccountId')]);
      for (const [scopeId, roles] of offices) {
        for (const accountId of scopeId === null ? [] : await accountsByRole(tx, scopeId, roles, today)) {
          if (told.has(accountId)) continue;
          told.add(accountId);
          notify(tx, {
            scopeId: event.scopeId,
            wall: event.wall,
            accountId,
            template: event.kind,
            params,
            link: '/desk/takeovers',
            objectId: event.objectId,
            at: event.occurredAt,
          });
        }
      }
    }
  },
};

/** A household's consents, and the signatures they were given by, are seen by who serves the compound now. */
export const passConsents: Consumer = {
  name: 'identity.pass_consents',
  kinds: ['takeover.applied'],
  async handle(events, tx) {
    for (const { scopeId, payload } of events) {
      if (payload['isFirst'] !== true) continue;
      const companyId = payload['toCompanyId'] as string;
      tx.write(
        sql`update identity.consent set company_id = ${companyId}
            where scope_id = ${scopeId} and company_id is distinct from ${companyId}`,
      );
      tx.write(
        sql`update platform.file set company_id = ${companyId}
            where scope_id = ${scopeId} and attached_type = ${evidenceType} and company_id is distinct from ${companyId}`,
      );
    }
  },
};

async function nameOf(tx: Tx, scopeId: string | null): Promise<string> {
  return scopeId === null ? '' : ((await wallOf(tx, scopeId))?.name ?? '');
}
