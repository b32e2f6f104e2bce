import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { audit } from '../../platform/audit/audit.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { disclose, wallOf } from '../places/index.ts';
import { viewFor } from './domain.ts';
import { relationsTo } from './facts.ts';
import { findOrder } from './queries.ts';
import { OrderPath, ScopeQuery } from './schemas.ts';
import { contactOfOrder } from './service-contact.ts';

export const CONTACT_PURPOSES = ['callback', 'visit', 'clarify'] as const;

const ContactRequest = Type.Object(
  {
    purpose: Type.Unsafe<(typeof CONTACT_PURPOSES)[number]>({ type: 'string', enum: [...CONTACT_PURPOSES] }),
  },
  { additionalProperties: false },
);
const Contact = Type.Object({ name: Type.String(), phone: Type.String() }, { title: 'Contact' });

/**
 * Who must be called, in plain text, for one stated purpose. Masked everywhere else; every look is recorded with its
 * purpose in the transaction that makes it (architecture.md, rule 10), so no number is seen without a trace.
 */
export function contactRoutes(app: App, house: House): void {
  app.post(
    '/work-orders/:id/contact',
    {
      config: { permission: 'work_order.contact' },
      schema: {
        tags: ['work-orders'],
        operationId: 'revealContact',
        summary: 'Name and phone of who is to be called, for a recorded purpose',
        params: OrderPath,
        querystring: ScopeQuery,
        body: ContactRequest,
        response: { 200: Contact },
      },
    },
    async (request) => {
      const acting = (request as Pick<FastifyRequest, 'acting'>).acting as Acting;
      const { scopeId } = request.query;
      const now = house.clock.now();
      return house.db.act(acting.actor, async (tx) => {
        const [order, wall] = await Promise.all([
          findOrder(tx, acting, scopeId, request.params.id),
          wallOf(tx, scopeId),
        ]);
        if (order === null || wall === null) throw new Problem('not_found');
        if (!viewFor(order.state, relationsTo(acting, order)).seesContact) {
          throw new Problem('permission.denied', { permission: 'work_order.contact' });
        }
        const found = await contactOfOrder(tx, house.crypto, order, localDate(now.getTime(), wall.timeZone));
        if (found === null) throw new Problem('work_order.contact_unknown');
        const { contact, subject } = found;
        // A caller whose number is nobody's here has nobody to tell.
        if (subject !== null) {
          const { personId, accountId: subjectAccountId } = subject;
          const { purpose } = request.body;
          const looked = { wall: order.wall, personId, subjectAccountId, purpose, words: null };
          await disclose(tx, acting, { ...looked, workOrderId: order.id }, now);
        }
        audit(tx, {
          auditId: uuidv7(now.getTime()),
          scopeId,
          wall: order.wall,
          accountId: acting.accountId,
          action: 'work_order.contact_revealed',
          objectType: 'work_order',
          objectId: order.id,
          detail: { purpose: request.body.purpose, role: acting.role },
          at: now,
        });
        return contact;
      });
    },
  );
}
