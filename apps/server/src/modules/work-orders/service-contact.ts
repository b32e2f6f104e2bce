import { type LocalDate } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Tx } from '../../platform/db/database.ts';
import { findContact, findPersonByPhone, openContact, toHalfWidth } from '../places/index.ts';
import type { Order } from './tables.ts';

export interface OrderContact {
  readonly contact: { readonly name: string; readonly phone: string };
  /** Whom a look at it is told; null: the number is nobody's here. */
  readonly subject: { readonly personId: string; readonly accountId: string | null } | null;
}

/** Whom to call about an order, in plain text: who was named with it, else who reported it or lives there. */
export async function contactOfOrder(
  tx: Tx,
  crypto: Crypto,
  order: Order,
  today: LocalDate,
): Promise<OrderContact | null> {
  const { scopeId, householdId, reporterAccountId } = order.wall;
  if (order.contactCipher !== null) {
    const contact = JSON.parse(
      crypto.open(order.contactCipher, 'work_orders.work_order', order.id),
    ) as OrderContact['contact'];
    const phone = toHalfWidth(contact.phone)
      .replace(/\D/g, '')
      .replace(/^86(?=1\d{10}$)/, '');
    const index = crypto.scopeIndex(scopeId, 'phone', phone);
    return { contact, subject: await findPersonByPhone(tx, scopeId, index) };
  }
  const sealed = await findContact(tx, scopeId, { accountId: reporterAccountId, householdId }, today);
  return sealed === null ? null : { contact: openContact(crypto, sealed), subject: sealed };
}
