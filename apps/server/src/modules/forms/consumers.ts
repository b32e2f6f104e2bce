import { sql } from '../../platform/db/sql.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';

/** Whoever is erased leaves no answer behind. */
export const forgetPeople: Consumer = {
  name: 'forms.forget_people',
  kinds: ['person.erased'],
  async handle(events, tx) {
    for (const { scopeId, objectId } of events)
      tx.write(
        sql`delete from forms.answer where scope_id = ${scopeId} and subject_id = ${objectId} and subject = 'resident'`,
      );
  },
};
