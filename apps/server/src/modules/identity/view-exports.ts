import { addDays } from '@gongzhi/kernel';
import type { ListExport } from '../../platform/exports/lists.ts';

/** How a household's consents leave the house: masked, as its page shows them. */
export const identityExports: readonly ListExport[] = [
  {
    name: 'consents',
    path: '/consents',
    items: (body) => body.items,
    columns: [
      ['exports.column.home', 24],
      ['family.desk.grantor', 14],
      ['exports.column.delegate', 14],
      ['people.phone', 16],
      ['exports.column.kinship', 12],
      ['family.purposes', 40],
      ['exports.column.startsOn', 12],
      ['exports.column.lastDay', 12],
      ['exports.column.status', 12],
      ['family.desk.how', 20],
      ['exports.column.recordedBy', 14],
      ['exports.column.recordedAt', 17],
    ],
    rows: (consent, { label, time }) => [
      [
        consent.householdLabel,
        consent.grantorName,
        consent.delegateName,
        consent.delegatePhone,
        label(`family.kinship.${consent.kinship}`, consent.kinship),
        consent.purposes
          .map((purpose: string) => label(`family.purpose.${purpose}`, purpose))
          .join(label('common.listSeparator')),
        consent.startsOn,
        addDays(consent.endsOn, -1),
        label(consent.state === 'standing' ? 'exports.standing' : `family.state.${consent.state}`),
        label(`family.givenBy.${consent.givenBy}`, consent.givenBy),
        consent.recordedByName,
        time(consent.givenAt),
      ],
    ],
  },
];
