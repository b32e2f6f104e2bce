import { addDays, localDate, maskPhone, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import type { House } from '../../platform/house.ts';
import { notify } from '../../platform/notify/notify.ts';
import {
  findResident,
  linkAccount,
  openPerson,
  periodsOfAccount,
  type ResidentRow,
  residencyOf,
  unlinkAccount,
  wallOf,
} from '../places/index.ts';
import { normalisePhone } from './domain.ts';
import { phoneField } from './tables.ts';

/**
 * Who moves in can sign in, and who has moved out no longer acts as a resident of the place: from what the register
 * says now, not from what the event said, so that it may run again.
 */
export const keepResidents: Consumer = {
  name: 'identity.residents',
  kinds: [
    'household.moved_in',
    'household.moved_out',
    'household.sold',
    'household.corrected',
    'resident.imported',
    'person.corrected',
  ],
  async handle(events, tx, house) {
    for (const { kind, scopeId, payload, wall, occurredAt } of events) {
      for (const personId of payload['personIds'] as string[]) {
        const found = await findResident(tx, scopeId, personId);
        if (found === null) continue;
        const resident =
          kind === 'person.corrected'
            ? await followCorrection(tx, house, { scopeId, wall, at: occurredAt, payload }, found)
            : found;
        const accountId = resident.accountId ?? (await accountFor(tx, house, scopeId, resident, occurredAt));
        if (accountId !== null) await keepMembership(tx, scopeId, accountId, occurredAt);
      }
    }
  },
};

interface Corrected {
  readonly scopeId: string;
  readonly wall: DispatchedEvent['wall'];
  readonly at: Date;
  readonly payload: DispatchedEvent['payload'];
}

/**
 * Who has the number that stood there by mistake reaches nothing of this home any more; who has the right one does.
 * Both are told, and so is whose name was put right.
 */
async function followCorrection(
  tx: Tx,
  house: House,
  { scopeId, wall, at, payload }: Corrected,
  resident: ResidentRow,
): Promise<ResidentRow> {
  const { personId, accountId: before } = resident;
  const changed = payload['changed'] as readonly string[];
  const tell = (accountId: string, template: string) => {
    if (accountId === payload['byAccountId']) return;
    const link = template === 'person.corrected' ? '/m/me/data' : null;
    notify(tx, { scopeId, accountId, template, params: {}, link, wall, objectId: personId, at });
  };
  let now = resident;
  if (changed.includes('phone') && before !== null && !(await isPhoneOf(tx, house, resident, before))) {
    unlinkAccount(tx, scopeId, personId);
    await keepMembership(tx, scopeId, before, at);
    tell(before, 'person.number_removed');
    now = { ...resident, accountId: null };
  }
  const after = now.accountId ?? (await accountFor(tx, house, scopeId, now, at));
  if (after === null) return now;
  if (after !== before)
    tx.write(
      sql`update identity.consent set grantor_account_id = ${after}
          where scope_id = ${scopeId} and person_id = ${personId} and delegate_account_id <> ${after}`,
    );
  else if (changed.includes('name')) renameAccount(tx, house, scopeId, now, after);
  tell(after, 'person.corrected');
  return { ...now, accountId: after };
}

async function isPhoneOf(
  tx: Tx,
  { crypto }: House,
  { personId, nameCipher, phoneCipher }: ResidentRow,
  accountId: string,
): Promise<boolean> {
  if (nameCipher === null) return false;
  const person = openPerson(crypto, {
    person_id: personId,
    name_cipher: nameCipher,
    phone_cipher: phoneCipher,
  });
  const phone = person.phone === null ? null : normalisePhone(person.phone);
  if (phone === null) return false;
  const rows = await tx.query(
    sql`select from identity.phone_registry where phone_index = ${crypto.cityIndex(phone)} and account_id = ${accountId}`,
  );
  return rows.length > 0;
}

/** Only who is nothing but a resident of this one place: elsewhere others answer for the name. */
function renameAccount(
  tx: Tx,
  { crypto }: House,
  scopeId: string,
  { personId, nameCipher }: ResidentRow,
  accountId: string,
): void {
  if (nameCipher === null) return;
  const { name } = openPerson(crypto, { person_id: personId, name_cipher: nameCipher, phone_cipher: null });
  tx.write(
    sql`update identity.account a set display_name = ${name} where a.account_id = ${accountId}
          and not exists (select from identity.membership m
            where m.account_id = a.account_id and (m.role <> 'resident' or m.scope_id <> ${scopeId}))`,
  );
}

/** The account of the person's mobile phone, made when there is none; null for who has no such phone. */
async function accountFor(
  tx: Tx,
  { crypto, config }: House,
  scopeId: string,
  { personId, nameCipher, phoneCipher, periods }: ResidentRow,
  now: Date,
): Promise<string | null> {
  if (nameCipher === null || phoneCipher === null || periods.length === 0) return null;
  const person = openPerson(crypto, {
    person_id: personId,
    name_cipher: nameCipher,
    phone_cipher: phoneCipher,
  });
  const phone = person.phone === null ? null : normalisePhone(person.phone);
  if (phone === null) return null;
  const phoneIndex = crypto.cityIndex(phone);
  const [known] = await tx.query<{ account_id: string }>(
    sql`select account_id from identity.phone_registry where phone_index = ${phoneIndex}`,
  );
  const accountId = known?.account_id ?? uuidv7(now.getTime());
  if (known === undefined) {
    tx.write(
      sql`insert into identity.account (account_id, display_name, phone_cipher, phone_masked, locale, is_demonstration, created_at)
          values (${accountId}, ${person.name}, ${crypto.seal(phone, phoneField, accountId)}, ${maskPhone(phone)}, 'zh-CN',
            ${config.mode === 'demo'}, ${now})`,
    );
    tx.write(
      sql`insert into identity.phone_registry (phone_index, account_id) values (${phoneIndex}, ${accountId})`,
    );
  } else if (!(await isSameName(tx, accountId, person.name))) {
    // A shared phone, or one that has changed hands: whose account it is decides a person at the desk, not a number.
    return null;
  }
  linkAccount(tx, scopeId, personId, accountId);
  return accountId;
}

async function isSameName(tx: Tx, accountId: string, name: string): Promise<boolean> {
  const [row] = await tx.query<{ display_name: string }>(
    sql`select display_name from identity.account where account_id = ${accountId} and disabled_at is null`,
  );
  return row?.display_name === name;
}

/** A resident's membership lives from the first day of any relation in the scope until the last one's end. */
async function keepMembership(tx: Tx, scopeId: string, accountId: string, now: Date): Promise<void> {
  const whole = residencyOf(await periodsOfAccount(tx, scopeId, accountId));
  const [row] = await tx.query<{ membership_id: string; starts_on: string; ends_on: string | null }>(
    sql`select membership_id, starts_on, ends_on from identity.membership
        where scope_id = ${scopeId} and account_id = ${accountId} and role = 'resident' for no key update`,
  );
  const { membership_id: id } = row ?? { membership_id: uuidv7(now.getTime()) };
  if (whole === null) {
    // Every relation was a mistake: it is over since today.
    const wall = await wallOf(tx, scopeId);
    const today = localDate(now.getTime(), wall?.timeZone);
    if (row === undefined || (row.ends_on !== null && row.ends_on <= today)) return;
    const startsOn = row.starts_on < today ? row.starts_on : addDays(today, -1);
    tx.write(
      sql`update identity.membership set starts_on = ${startsOn}, ends_on = ${today} where scope_id = ${scopeId} and membership_id = ${id}`,
    );
    return;
  }
  tx.write(
    row === undefined
      ? sql`insert into identity.membership (scope_id, membership_id, account_id, role, starts_on, ends_on)
            values (${scopeId}, ${id}, ${accountId}, 'resident', ${whole.startsOn}, ${whole.endsOn})`
      : sql`update identity.membership set starts_on = ${whole.startsOn}, ends_on = ${whole.endsOn}
            where scope_id = ${scopeId} and membership_id = ${id}`,
  );
}
