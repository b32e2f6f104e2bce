import type { ListExport } from '../exports/lists.ts';

/** How the delivery log leaves the house: the addresses masked, as its page shows them. */
export const deliveryExports: readonly ListExport[] = [
  {
    name: 'deliveries',
    path: '/deliveries',
    columns: [
      ['deliveries.what', 24],
      ['deliveries.how', 14],
      ['deliveries.whom', 20],
      ['deliveries.state', 14],
      ['exports.column.attempts', 8],
      ['exports.column.error', 30],
      ['deliveries.when', 17],
      ['exports.column.updatedAt', 17],
    ],
    rows: (one, { label, time }) => [
      [
        label(`deliveries.kinds.${one.template ?? ''}`, label('deliveries.kinds.other')),
        label(`channels.${one.channel}`, one.channel),
        one.recipientMasked,
        label(`deliveries.states.${one.state}`, one.state),
        one.attempts,
        one.error === null ? '' : label(`deliveries.errors.${one.error}`, one.error),
        time(one.createdAt),
        time(one.updatedAt),
      ],
    ],
  },
];
