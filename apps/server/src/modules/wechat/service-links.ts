import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { signingIn, statementOfActor } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { bindWechat, maskAddress } from '../../platform/notify/addresses.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { wallOf } from '../places/index.ts';

/** One-time links: what lies behind is sealed, the token is kept as its hash, the first account that opens it owns it. */

const contentField = 'wechat.answer_link';

export type LinkKind = 'bind' | 'words';

export interface NewLink {
  readonly kind: LinkKind;
  readonly token: string;
  readonly content: string;
  readonly lifetime: number;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export function newLink(kind: LinkKind, content: string, lifetime: number): NewLink {
  return { kind, token: randomBytes(24).toString('base64url'), content, lifetime };
}

export function keepLink({ crypto }: House, tx: Tx, link: NewLink, sender: Buffer, now: Date): void {
  const hash = hashOf(link.token);
  tx.write(
    sql`insert into wechat.answer_link (link_hash, kind, sender_index, content_cipher, created_at, expires_at)
        values (${hash}, ${link.kind}, ${sender}, ${crypto.seal(link.content, contentField, hash.toString('hex'))}, ${now},
          ${new Date(now.getTime() + link.lifetime)})`,
  );
}

interface Row {
  kind: LinkKind;
  content_cipher: Buffer;
  expires_at: Date;
}

export interface LinkView {
  readonly kind: LinkKind;
  /** Of the WeChat account, where it is about that. */
  readonly masked: string | null;
  /** Only to who has taken it. */
  readonly words: string | null;
  readonly expiresAt: string;
}

function viewOf({ crypto }: House, token: string, row: Row, isTaken: boolean): LinkView {
  const content = crypto.open(row.content_cipher, contentField, hashOf(token).toString('hex'));
  return {
    kind: row.kind,
    masked: row.kind === 'bind' ? maskAddress('wechat', content) : null,
    words: row.kind === 'words' && isTaken ? content : null,
    expiresAt: row.expires_at.toISOString(),
  };
}

/** What a link is about, before anything is done with it; null when it leads nowhere any more. */
export async function readLink(house: House, acting: Acting, token: string): Promise<LinkView | null> {
  const now = house.clock.now();
  const [row] = await house.db.read(signingIn, (q: Executor) =>
    q.query<Row>(
      sql`select kind, content_cipher, expires_at from wechat.answer_link
          where link_hash = ${hashOf(token)} and expires_at > ${now} and (taken_by is null or taken_by = ${acting.accountId})`,
    ),
  );
  return row === undefined ? null : viewOf(house, token, row, false);
}

/** Opens it: the address is this account's from now on, or the words are. Once more by the same account is the same. */
export async function takeLink(house: House, acting: Acting, token: string): Promise<LinkView> {
  const now = house.clock.now();
  const { accountId } = acting;
  if (house.config.wechat?.server == null) throw new Problem('wechat.link_gone');
  return house.db.act(signingIn, async (tx) => {
    const [row] = await tx.query<Row & { is_first: boolean }>(
      sql`update wechat.answer_link l set taken_by = ${accountId}, taken_at = coalesce(l.taken_at, ${now})
          from (select link_hash, taken_by from wechat.answer_link where link_hash = ${hashOf(token)} for no key update) before
          where l.link_hash = before.link_hash and l.expires_at > ${now} and (before.taken_by is null or before.taken_by = ${accountId})
          returning l.kind, l.content_cipher, l.expires_at, before.taken_by is null as is_first`,
    );
    if (row === undefined) throw new Problem('wechat.link_gone');
    if (row.kind === 'bind') {
      const openId = house.crypto.open(row.content_cipher, contentField, hashOf(token).toString('hex'));
      // What was nobody's until now is written as the account that has opened it.
      await tx.query(statementOfActor(acting.actor));
      bindWechat(house, tx, accountId, openId, now);
      if (row.is_first) await recordBound(tx, acting, now);
    }
    return viewOf(house, token, row, true);
  });
}

/** The account is told, also where it was told things before: a link that was passed on does not work in secret. */
async function recordBound(tx: Tx, { accountId, homeScopeId }: Acting, now: Date): Promise<void> {
  const wall = await wallOf(tx, homeScopeId);
  if (wall === null) return;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: homeScopeId,
    wall: {
      cityId: wall.cityId,
      streetId: wall.streetId,
      companyId: wall.companyId,
      householdId: null,
      reporterAccountId: accountId,
      isPublic: false,
      isInternal: true,
    },
    kind: 'wechat.bound',
    version: 1,
    objectId: accountId,
    payload: { accountId },
    occurredAt: now,
  });
}
