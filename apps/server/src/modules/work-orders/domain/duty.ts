import type { Duty } from './words.ts';

/** Whose matter it is: who pays, who does it. */
export const PAYERS = ['resident', 'owners', 'company', 'developer', 'receiver', 'cause'] as const;
export type Payer = (typeof PAYERS)[number];
export const DOERS = ['company', 'receiver', 'resident'] as const;
export type Doer = (typeof DOERS)[number];
export const RECEIVER_KINDS = [
  'water',
  'power',
  'gas',
  'heating',
  'telecom',
  'police',
  'fire',
  'medical',
  'city',
  'street',
  'other',
] as const;

/**
 * Where nobody has said otherwise. Own parts are the owner's (Civil Code 271), common parts the owners' together
 * (273, by the maintenance fund: 281), the developer's within the warranty, the utility's its own mains (property
 * management regulations 51), and damage is made good by who caused it (Civil Code 288, 296, 1165). What a contract
 * says goes before: that is why a city and a company may say it in the table.
 */
export const usualDuty: Readonly<Record<Duty, { readonly payer: Payer; readonly doer: Doer }>> = {
  inside_home: { payer: 'resident', doer: 'company' },
  common_in_warranty: { payer: 'developer', doer: 'company' },
  common_out_of_warranty: { payer: 'owners', doer: 'company' },
  utility: { payer: 'receiver', doer: 'receiver' },
  upstairs_neighbour: { payer: 'cause', doer: 'company' },
  property_service: { payer: 'company', doer: 'company' },
  not_property: { payer: 'receiver', doer: 'receiver' },
};
