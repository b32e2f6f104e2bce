import { maskName } from '@gongzhi/kernel';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import { closeAccount } from '../identity/index.ts';
import { emptyPerson, findErased, openPerson, relationsOfPeople } from '../places/index.ts';
import { forgetContacts, forgetSigner, ordersCalling, reportedBy } from './queries-personal.ts';

/**
 * Empties whoever was erased: name, phone and every index in places, whom to call in orders, and the account where it
 * is used nowhere else. All in one transaction; when it runs again it finds nothing left to do.
 */
export const erasePeople: Consumer = {
  name: 'work_orders.erase_people',
  kinds: ['person.erased'],
  async handle(events, tx, { crypto }) {
    for (const { scopeId, objectId: personId, occurredAt } of events) {
      const sealed = await findErased(tx, scopeId, personId);
      if (sealed === null) continue;
      const accountId = sealed.account_id;
      const relations = await relationsOfPeople(tx, [scopeId], [personId]);
      const householdIds = [...new Set(relations.map((one) => one.household_id))];
      const own = accountId === null ? [] : (await reportedBy(tx, scopeId, accountId)).map(({ id }) => id);
      const person =
        sealed.name_cipher === null
          ? null
          : openPerson(crypto, { ...sealed, name_cipher: sealed.name_cipher });
      const calling =
        person === null
          ? []
          : await ordersCalling(tx, crypto, scopeId, { ...person, accountId, householdIds });
      if (person !== null)
        forgetSigner(tx, scopeId, { nameMasked: maskName(person.name), accountId, householdIds });
      forgetContacts(tx, scopeId, [...new Set([...own, ...calling.map(({ id }) => id)])]);
      emptyPerson(tx, scopeId, personId);
      if (accountId !== null) await closeAccount(tx, accountId, scopeId, occurredAt);
    }
  },
};
