import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Changed since the page was loaded; params: version. */
  'patrol.stale': 409,
  /** Routes lie in compounds. */
  'patrol.not_here': 422,
  'patrol.place_unknown': 422,
  'patrol.device_unknown': 422,
  'patrol.retired': 409,
  /** params: fault. */
  'patrol.timetable_invalid': 422,
  /** Fewer rounds, or a checkpoint given up: not for the one who has to walk it. */
  'patrol.needs_approver': 403,
  /** The round is over: done, or its time has passed. */
  'patrol.round_closed': 409,
  /** Somebody has just looked at it; params: by. */
  'patrol.already_done': 409,
  /** A sensor watches it this time. */
  'patrol.spared': 409,
  /** What was scanned hangs somewhere else. */
  'patrol.wrong_label': 422,
  /** Neither the checkpoint's category nor the usual one is offered here. */
  'patrol.not_offered': 409,
  'patrol.lowering_open': 409,
  'patrol.lowering_over': 409,
  'patrol.lowering_decided': 409,
  'patrol.needs_second_person': 403,
  /** No device there that is heard and whose silence would be noticed. */
  'patrol.not_watched': 409,
} as const satisfies ErrorTable;

export const constraints = {
  lowering_one_open: 'patrol.lowering_open',
  lowering_second_person: 'patrol.needs_second_person',
} as const satisfies ConstraintTable;
