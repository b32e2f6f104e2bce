import { formatYuan } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import {
  amountOf,
  type Charge,
  formatQuantity,
  safetyListsFor,
  subtotalOf,
  totalOf,
  viewFor,
  workingActions,
} from '../domain.ts';
import { standingOf } from '../facts.ts';
import type { PriceRow } from './queries.ts';
import type { JobSheet, Price } from './schemas.ts';
import type { WorkingDone } from './service.ts';

/** The work as this reader may see it. */

const isoDate = (date: Date | null): string | null => (date === null ? null : date.toISOString());

type Sheet = Static<typeof JobSheet>;

export function sheetView(
  done: Pick<WorkingDone, 'order' | 'sheet' | 'who' | 'warranty' | 'place'>,
  acting: Acting,
  now: Date,
): Sheet {
  const { order, sheet, who, warranty, place } = done;
  const s = order.state;
  const rules = viewFor(s, who);
  const isParty = rules.seesContact || rules.seesInternal || who.includes('reporter');
  const isStaff = rules.seesInternal;
  // A quotation in the making is the staff's own; the household reads what was sent to them.
  const isOffered = isStaff || (s.chargeState !== 'draft' && s.chargeState !== 'none');
  return {
    version: order.version,
    timeZone: place.timeZone,
    chargeState: isParty ? s.chargeState : null,
    charge: isParty && isOffered && sheet.charge !== null ? chargeView(sheet.charge) : null,
    entries: isParty
      ? sheet.entries.map((entry) => ({
          id: entry.id,
          quoteNo: entry.quoteNo,
          kind: entry.kind,
          how: entry.how,
          total: formatYuan(BigInt(entry.totalFen)),
          words: entry.words,
          // Of a confidential matter names and signatures would tell whose it is; what was agreed is the work's.
          signerName: rules.seesReporter ? entry.signerName || null : null,
          signature:
            entry.signatureFileId === null || !rules.seesReporter ? null : { id: entry.signatureFileId },
          byName: rules.seesReporter || entry.how !== 'app' ? entry.byName : null,
          forName: rules.seesReporter ? entry.forName : null,
          at: entry.at.toISOString(),
        }))
      : [],
    warranty: isParty && warranty !== null ? { ...warranty } : null,
    crew: isParty
      ? sheet.crew.map(({ id, accountId, name, title, arrivedAt, leftAt }) => ({
          id,
          accountId,
          name,
          title,
          isMe: accountId === acting.accountId,
          arrivedAt: isoDate(arrivedAt),
          leftAt: isoDate(leftAt),
        }))
      : [],
    visits: isParty
      ? sheet.visits.map((visit) => ({
          ...visit,
          plannedFrom: visit.plannedFrom.toISOString(),
          plannedTo: visit.plannedTo.toISOString(),
          doneAt: isoDate(visit.doneAt),
          cancelledAt: isoDate(visit.cancelledAt),
        }))
      : [],
    parts: isParty
      ? sheet.parts.map((part) => ({
          ...part,
          // Where it is bought is the company's own.
          supplier: isStaff ? part.supplier : null,
          orderedAt: part.orderedAt.toISOString(),
          arrivedAt: isoDate(part.arrivedAt),
        }))
      : [],
    safety: isStaff ? safetyView(done) : null,
    contractors: isStaff
      ? sheet.links.map(({ createdAt: _, ...link }) => ({
          ...link,
          dueAt: isoDate(link.dueAt),
          expiresAt: link.expiresAt.toISOString(),
          revokedAt: isoDate(link.revokedAt),
          isOpen: link.revokedAt === null && link.expiresAt > now,
          acceptedAt: isoDate(link.acceptedAt),
          arrivedAt: isoDate(link.arrivedAt),
          endedAt: isoDate(link.endedAt),
        }))
      : [],
    actions: workingActions(s, who, now.getTime(), standingOf(acting, order)).map(
      ({ action, isAllowed, reasonCode }) => ({
        action,
        isAllowed,
        reasonCode,
      }),
    ),
  };

  function safetyView({ sheet }: Pick<WorkingDone, 'sheet'>): Sheet['safety'] {
    return {
      state: s.safety,
      lists: safetyListsFor(s.categoryCode, place.today).map(({ categories: _, items, ...list }) => ({
        ...list,
        items: items.map((item) => ({ ...item })),
      })),
      answers: sheet.safety.map(({ fileId, at, ...answer }) => ({
        ...answer,
        photo: fileId === null ? null : { id: fileId },
        at: at.toISOString(),
      })),
    };
  }
}

function chargeView(charge: Charge): NonNullable<Sheet['charge']> {
  return {
    payer: charge.payer,
    payerReason: charge.payerReason,
    lines: charge.lines.map((line) => ({
      id: line.lineId,
      kind: line.kind,
      priceId: line.priceId,
      name: line.name,
      unit: line.unit,
      quantity: formatQuantity(line.quantityHundredths),
      unitPrice: formatYuan(line.unitPriceFen),
      amount: formatYuan(amountOf(line)),
      warrantyMonths: line.warrantyMonths,
      reason: line.reason,
    })),
    subtotal: formatYuan(subtotalOf(charge.lines)),
    discount: formatYuan(charge.discountFen),
    discountReason: charge.discountReason,
    total: formatYuan(totalOf(charge)),
    quoteNo: charge.quoteNo,
  };
}

export function priceView(
  row: PriceRow,
  scopeKind: 'company' | 'department',
  inForce: ReadonlySet<string>,
  isStaff: boolean,
): Static<typeof Price> {
  return {
    id: row.id,
    scopeId: row.scopeId,
    scopeKind,
    code: row.code,
    version: row.version,
    kind: row.kind,
    name: row.name,
    unit: row.unit,
    price: formatYuan(BigInt(row.priceFen)),
    warrantyMonths: row.warrantyMonths,
    validFrom: row.validFrom,
    isWithdrawn: row.isWithdrawn,
    isInForce: inForce.has(row.id),
    // The list is public, who keeps it is the company's own.
    writtenName: isStaff ? row.writtenName : null,
    writtenAt: isStaff ? row.writtenAt.toISOString() : null,
  };
}
