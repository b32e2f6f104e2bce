import Type, { type Static } from 'typebox';
import { define, share, wholeNumber } from './definition.ts';
import { billingSettings } from './keys-billing.ts';
import { dispatchSettings } from './keys-dispatch.ts';
import { hotlineSettings } from './keys-hotline.ts';
import { meteringSettings } from './keys-metering.ts';
import { passSettings } from './keys-passes.ts';

/** How long after the fact, how often, and how long between two calls. */
const callbackRule = <P extends Type.TProperties>(more: P) =>
  Type.Object(
    {
      delayHours: Type.Integer({ minimum: 0, maximum: 1_440 }),
      attempts: Type.Integer({ minimum: 1, maximum: 10 }),
      retryHours: Type.Integer({ minimum: 1, maximum: 168 }),
      ...more,
    },
    { additionalProperties: false },
  );

/** Every key there is. Adding one means adding it here, with its unit in the name. */
export const settingDefinitions = {
  ...passSettings,
  ...meteringSettings,
  ...billingSettings,
  ...dispatchSettings,
  ...hotlineSettings,
  /** Days that a finished order waits for the resident's word before the desk calls. */
  'work_order.confirm_wait_days': define(
    wholeNumber(1, 60),
    3,
    'issue 2: no answer after 3 days, the desk calls',
  ),
  /** Days after the resident's confirmation until an order nobody rated closes by itself. */
  'work_order.auto_close_days': define(wholeNumber(1, 90), 7, 'product default'),
  /** Days after closing within which the resident may reopen. */
  'work_order.reopen_days': define(wholeNumber(0, 365), 15, 'product default'),
  /** Days after confirming within which the resident may still rate. */
  'work_order.rate_days': define(wholeNumber(1, 365), 15, 'product default'),
  /** Least minutes between two urgings of one order. */
  'work_order.urge_interval_minutes': define(wholeNumber(1, 1_440), 30, 'product default'),
  /** Days after printing for which a slip's code opens its page. */
  'work_order.slip_days': define(wholeNumber(1, 366), 60, 'product default'),
  /** The desk's telephone as it is printed on a slip; empty: what stands further out counts, or none is printed. */
  'desk.phone': define(Type.String({ maxLength: 40 }), '', 'product default'),
  /** Longest that one may let another act in one's name; then it has to be given anew. */
  'consent.longest_days': define(
    wholeNumber(1, 1_830),
    366,
    'product default; PIPL article 19: for the shortest time that is needed',
  ),
  /** Hours until the desk tries again to reach a resident. */
  'work_order.callback_retry_hours': define(wholeNumber(1, 168), 24, 'product default'),
  /** Hours of the local day between which homes are visited by appointment: the place's working hours and the evening. */
  'work_order.visit_from_hour': define(wholeNumber(0, 23), 8, 'product default'),
  'work_order.visit_to_hour': define(wholeNumber(1, 24), 21, 'product default'),
  /** How far back one looks for what a neighbour has already reported. */
  'work_order.similar_days': define(wholeNumber(1, 90), 14, 'product default'),
  /** Months that a repair is guaranteed where none of its lines says so. */
  'work_order.repair_warranty_months': define(wholeNumber(0, 60), 3, 'product default'),
  'work_order.callback_attempts': define(wholeNumber(1, 10), 3, 'product default'),
  /** Roles that need a second factor; none where nobody decided so. */
  'identity.second_factor_roles': define(
    Type.Array(Type.String({ pattern: '^[a-z_]{2,20}$' }), { maxItems: 20, uniqueItems: true }),
    [],
    'product default; a company decides for its people',
  ),
  /** Days from the rule's first day, or from somebody's first day at work, until nothing goes without it. */
  'identity.second_factor_grace_days': define(wholeNumber(0, 90), 14, 'product default'),
  /** Most months that an emergency service may last. */
  'places.emergency_service_months': define(
    wholeNumber(1, 12),
    6,
    'Beijing property regulations, article 77',
  ),
  /** Who is called beside those who never answered (the three keys above): a rule left out calls nobody. */
  'work_order.callback_rules': define(
    Type.Object(
      {
        unsatisfied: Type.Optional(callbackRule({})),
        emergency: Type.Optional(callbackRule({})),
        all: Type.Optional(callbackRule({})),
        sample: Type.Optional(callbackRule({ percent: Type.Number({ minimum: 0, maximum: 100 }) })),
      },
      { additionalProperties: false },
    ),
    { unsatisfied: { delayHours: 0, attempts: 3, retryHours: 24 } },
    'issue 3: callbacks by rule; who is not satisfied is asked why',
  ),
  /** How long a call that somebody took on is theirs. */
  'work_order.callback_lease_minutes': define(wholeNumber(1, 240), 15, 'product default'),
  /** From this dispute of one order on, only the manager decides who goes. */
  'work_order.disputes_to_manager': define(
    wholeNumber(1, 20),
    3,
    "issue 3: the third dispute is the manager's",
  ),
  /** How far a device's clock may be from ours and still be believed. */
  'sensing.clock_skew_seconds': define(wholeNumber(0, 3_600), 120, 'product default'),
  /** Days after which what devices said is deleted. */
  'sensing.reading_days': define(wholeNumber(1, 3_660), 90, 'product default'),
  /** How far a gate device's clock may be from ours before it is told, and shown at the desk. */
  'access.clock_skew_seconds': define(wholeNumber(0, 3_600), 120, 'product default'),
  /** Minutes without a word after which a gate device counts as silent. */
  'access.silent_minutes': define(wholeNumber(1, 10_080), 30, 'product default'),
  /** Steps of 30 seconds that a phone's clock may run ahead of ours. */
  'access.code_drift_steps': define(wholeNumber(0, 4), 1, 'product default'),
  /** Days after which who passed a gate is deleted, a day's table at a time. */
  'access.passage_days': define(
    wholeNumber(1, 366),
    30,
    'product default; PIPL article 19: for the shortest time that is needed',
  ),
  /** Minutes within which a refusal may still be overridden at the gate. */
  'access.override_minutes': define(wholeNumber(1, 1_440), 15, 'product default'),
  /** Minutes before and after a shift in which a pass that holds on shift only lets in. */
  'access.shift_grace_minutes': define(wholeNumber(0, 240), 30, 'product default'),
  /** Hours within which the answer to a rating may be reworded. */
  'work_order.reply_edit_hours': define(wholeNumber(0, 720), 48, 'product default'),
  /** When homes have to be heated: the first and the last day, both within. */
  'heating.season': define(
    Type.Object(
      {
        startMonth: wholeNumber(1, 12),
        startDay: wholeNumber(1, 31),
        endMonth: wholeNumber(1, 12),
        endDay: wholeNumber(1, 31),
      },
      { additionalProperties: false },
    ),
    { startMonth: 11, startDay: 15, endMonth: 3, endDay: 15 },
    'issue 4: 15 November to 15 March',
  ),
  /** How warm a room has to be, in tenths of a degree Celsius. */
  'heating.standard_tenths': define(wholeNumber(100, 300), 180, 'issue 4: at least 18 °C'),
  /** How far from a building a point given through Open311 may lie to mean it, and how far from a compound's gate. */
  'open311.building_metres': define(wholeNumber(1, 2_000), 150, 'product default'),
  'open311.gate_metres': define(wholeNumber(1, 5_000), 500, 'product default'),
  /** Minutes within which the same words from the same client are the same report, sent again. */
  'open311.same_minutes': define(wholeNumber(1, 1_440), 10, 'product default'),
  /** Requests a minute from one address, with or without a key. */
  'open311.requests_per_minute': define(wholeNumber(10, 100_000), 300, 'product default'),
  /** Whom integrators ask; empty: a sentence that names the street office. */
  'open311.contact': define(Type.String({ maxLength: 300 }), '', 'product default'),
  /** Days after which name, phone and address of who reported through other software are forgotten. */
  'open311.sender_days': define(
    wholeNumber(1, 1_830),
    180,
    'product default; PIPL article 19: no longer than is needed',
  ),
  /** When a repeat is proposed as a project, how long its effect is watched, how long what was declined rests. */
  'prevention.rules': define(
    Type.Object(
      {
        windowDays: wholeNumber(14, 182),
        leastFacility: wholeNumber(2, 100),
        leastBuilding: wholeNumber(2, 100),
        leastCompound: wholeNumber(2, 1_000),
        alikeShare: share,
        alikeLeast: share,
        chance: share,
        riseLeast: wholeNumber(2, 100),
        mostProposed: wholeNumber(0, 50),
        watchDays: wholeNumber(7, 365),
        restDays: wholeNumber(0, 730),
      },
      { additionalProperties: false },
    ),
    {
      windowDays: 56,
      leastFacility: 3,
      leastBuilding: 5,
      leastCompound: 10,
      alikeShare: 0.5,
      alikeLeast: 0.15,
      chance: 0.01,
      riseLeast: 4,
      mostProposed: 6,
      watchDays: 56,
      restDays: 90,
    },
    'product default; alikeLeast from bench -- repeats',
  ),
  /** So many proposals a week in a whole street may be chance alone; fewer: only what stands out further is shown. */
  'prevention.false_alarms': define(
    Type.Number({ minimum: 0.001, maximum: 50 }),
    1,
    'product default: one a week, which a desk can read',
  ),
  /** Below this confidence a triage suggestion learnt from the desk is silent, and the catalogue's words speak. */
  'work_order.triage_confidence': define(
    share,
    0.6,
    'bench -- triage: of suggestions with at least this confidence some nine in ten are right',
  ),
  /** What the three rates weigh in the score, and what "basically satisfied" is worth. */
  'work_order.rate_weights': define(
    Type.Object(
      {
        contacted: share,
        solved: share,
        satisfied: share,
        basically: share,
      },
      { additionalProperties: false },
    ),
    { contacted: 0.1, solved: 0.5, satisfied: 0.4, basically: 0.9 },
    "one district's ranking of 12345, 2025",
  ),
  /** Most that may be put on a household's balance at once, in fen. */
  'payments.most_prepaid_fen': define(wholeNumber(0, 100_000_000), 1_000_000, 'product default'),
  /** Days after which cash that was brought to the bank should stand in its list. */
  'payments.deposit_days': define(wholeNumber(0, 60), 3, 'product default'),
} as const;

export type SettingTypes = {
  [K in keyof typeof settingDefinitions]: Static<(typeof settingDefinitions)[K]['schema']>;
};
export type SettingKey = keyof SettingTypes;
