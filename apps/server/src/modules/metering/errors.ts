import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Civil Code 944: nobody's supply is cut or limited over fees; params: law. */
  'metering.forbidden_by_law': 422,
  /** A reason that is none of those there are. */
  'metering.reason_unknown': 422,
  /** A reading that cannot be; params: reason. */
  'metering.reading_impossible': 422,
  /** A reading that is put to whoever reads; params: doubts, last, expected (units with three decimals), unit. */
  'metering.reading_doubted': 422,
  /** Decided meanwhile, or counted already. */
  'metering.reading_decided': 409,
  /** Changed since the page was loaded; params: version. */
  'metering.stale': 409,
  'metering.retired': 409,
  'metering.not_here': 422,
  'metering.place_unknown': 422,
  'metering.serial_taken': 409,
  'metering.address_taken': 409,
  'metering.gateway_unknown': 422,
  /** An address that this server does not call. */
  'metering.host_refused': 422,
  /** It is read by hand: there is nothing to send a command to. */
  'metering.no_line': 409,
  /** The same is on its way to the meter already. */
  'metering.command_waiting': 409,
  'metering.not_prepaid': 409,
  'metering.already_prepaid': 409,
  /** Who is paid for ahead must be reached: it is ended first. */
  'metering.prepaid_line': 409,
  /** Money lies on the meter of that address: it is replaced, not renamed. */
  'metering.prepaid_address': 409,
  /** Behind it hang meters that are paid for ahead; params: count, serials. */
  'metering.gateway_prepaid': 409,
  /** More than may lie on the meter; params: mostFen. */
  'metering.hoarding': 422,
  'metering.limits_invalid': 422,
  /** Only after the second alarm, and only while something is left to lend. */
  'metering.nothing_to_restore': 409,
  /** Not switched off for who is protected, at night, on holidays or in bad weather; params: reason, from (null: not known). */
  'metering.not_now': 409,
  'metering.warning_invalid': 422,
  'metering.care_invalid': 422,
  'metering.finding_ended': 409,
  /** A file that cannot be read as a whole; params: reason. */
  'metering.file_unreadable': 422,
} as const satisfies ErrorTable;

export const constraints = {
  meter_serial: 'metering.serial_taken',
  meter_on_line: 'metering.address_taken',
  meter_replaced_once: 'metering.retired',
  command_one_waiting: 'metering.command_waiting',
  command_944: 'metering.forbidden_by_law',
  prepaid_pk: 'metering.already_prepaid',
} as const satisfies ConstraintTable;
