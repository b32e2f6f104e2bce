import Type from 'typebox';
import { COMMAND_KINDS, PHASES, READING_SOURCES, TRIP_BLOCKS, WARNING_LEVELS } from './domain.ts';
import { oneOf, Fen, Kind, limits, Uuid, Time, Day, Text, nullable } from './schemas.ts';

/** What is said of meters. */

export const Meter = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    kind: Kind,
    unit: Text,
    serial: Text,
    householdId: nullable(Uuid),
    householdLabel: nullable(Text),
    buildingId: nullable(Uuid),
    spot: Text,
    digits: Type.Integer(),
    gatewayId: nullable(Uuid),
    address: nullable(Text),
    installedOn: Day,
    retiredOn: nullable(Day),
    version: Type.Integer(),
    lastValue: nullable(Type.Number()),
    lastAt: nullable(Time),
    /** What it usually needs in a day. */
    usualDay: nullable(Type.Number()),
    lineState: oneOf(['none', 'never', 'ok', 'silent', 'error']),
    lineFault: nullable(Text),
    lastSeenAt: nullable(Time),
    isOpen: nullable(Type.Boolean()),
  },
  { title: 'Meter' },
);
export const ListedMeter = Type.Intersect(
  [
    Meter,
    Type.Object({
      scopeName: Text,
      buildingName: nullable(Text),
      isPrepaid: Type.Boolean(),
      balanceFen: nullable(Fen),
      phase: nullable(oneOf(PHASES)),
    }),
  ],
  { title: 'ListedMeter' },
);
export const Reading = Type.Object(
  {
    id: Uuid,
    meterId: Uuid,
    source: oneOf(READING_SOURCES),
    takenAt: Time,
    value: Type.Number(),
    used: nullable(Type.Number()),
    state: oneOf(['counted', 'held', 'rejected']),
    doubts: Type.Array(Text),
    answer: nullable(Text),
    note: nullable(Text),
    recordedByName: nullable(Text),
    decidedByName: nullable(Text),
    hasPhoto: Type.Boolean(),
  },
  { title: 'MeterReading' },
);
export const HeldReading = Type.Intersect(
  [
    Reading,
    Type.Object({
      scopeId: Uuid,
      scopeName: Text,
      kind: Kind,
      unit: Text,
      serial: Text,
      householdLabel: nullable(Text),
      spot: Text,
      lastValue: nullable(Type.Number()),
    }),
  ],
  { title: 'HeldMeterReading' },
);
export const GatewayView = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    label: Text,
    transport: oneOf(['dial', 'listen', 'mqtt']),
    host: nullable(Text),
    port: nullable(Type.Integer()),
    meters: Type.Integer(),
    lastSeenAt: nullable(Time),
    fault: nullable(Text),
    hasPassword: Type.Boolean(),
  },
  { title: 'MeterGateway' },
);
export const PrepaidView = Type.Object(
  {
    keeps: oneOf(['meter', 'us']),
    ...limits,
    /** The next one, where it is known already. */
    nextPrice: nullable(Type.Object({ price: Type.Integer(), from: Time })),
    balanceFen: Fen,
    /** What the meter itself shows, and since when. */
    meterFen: nullable(Fen),
    meterAt: nullable(Time),
    phase: oneOf(PHASES),
    phaseSince: Time,
    isProtected: Type.Boolean(),
    protectedUntil: nullable(Day),
    /** How much more may be bought; null: as much as one likes. */
    roomFen: nullable(Fen),
    mayRestore: Type.Boolean(),
    version: Type.Integer(),
  },
  { title: 'PrepaidMeter' },
);
/** What became of what was left: the home's balance, or a bill. */
export const EndedPrepaid = Type.Object({ leftFen: Fen, owedFen: Fen }, { title: 'EndedPrepaid' });
export const TopUp = Type.Object(
  {
    id: Uuid,
    amountFen: Fen,
    state: oneOf(['waiting', 'sent', 'confirmed', 'failed', 'returned', 'carried']),
    askedAt: Time,
    endedAt: nullable(Time),
    error: nullable(Text),
  },
  { title: 'MeterTopUp' },
);
export const Command = Type.Object(
  {
    id: Uuid,
    kind: oneOf(COMMAND_KINDS),
    reason: Text,
    note: nullable(Text),
    state: oneOf(['waiting', 'confirmed', 'failed', 'cancelled']),
    attempts: Type.Integer(),
    askedAt: Time,
    askedByName: nullable(Text),
    sentAt: nullable(Time),
    endedAt: nullable(Time),
    error: nullable(Text),
    amountFen: nullable(Fen),
  },
  { title: 'MeterCommand' },
);
export const Finding = Type.Object(
  {
    id: Uuid,
    meterId: Uuid,
    scopeId: Uuid,
    rule: oneOf([
      'leak',
      'quiet_home',
      'silent',
      'difference',
      'top_up_failed',
      'command_failed',
      'wrong_address',
    ]),
    since: Time,
    raisedAt: Time,
    facts: Type.Record(Type.String(), nullable(Type.Union([Type.Number(), Text]))),
    workOrderId: nullable(Uuid),
    orderNumber: nullable(Text),
  },
  { title: 'MeterFinding' },
);
export const ListedFinding = Type.Intersect(
  [
    Finding,
    Type.Object({ scopeName: Text, kind: Kind, serial: Text, householdLabel: nullable(Text), spot: Text }),
  ],
  { title: 'ListedMeterFinding' },
);
export const Use = Type.Object(
  {
    days: Type.Array(Type.Object({ day: Day, value: Type.Number(), isSpread: Type.Boolean() })),
    months: Type.Array(
      Type.Object({ month: Text, value: Type.Number(), yearBefore: nullable(Type.Number()) }),
    ),
  },
  { title: 'MeterUse' },
);
export const Warning = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    level: oneOf(WARNING_LEVELS),
    event: Text,
    issuer: Text,
    startsAt: Time,
    endsAt: Time,
    recordedByName: Text,
  },
  { title: 'WeatherWarning' },
);
export const Refusal = Type.Object(
  { id: Uuid, kind: Text, reason: Text, law: Text, via: Text, askedByName: nullable(Text), at: Time },
  { title: 'MeterRefusal' },
);
export const MeterPage = Type.Object(
  {
    meter: Meter,
    prepaid: nullable(PrepaidView),
    /** Why nothing is switched off now; null: it may be. */
    tripBlock: nullable(oneOf(TRIP_BLOCKS)),
    /** From when on it may be; null with a block: nobody knows yet. */
    tripFrom: nullable(Time),
    topUps: Type.Array(TopUp),
    commands: Type.Array(Command),
    findings: Type.Array(Finding),
    refusals: Type.Array(Refusal),
    use: Use,
    care: nullable(Type.Object({ until: Day, recordedByName: Text })),
  },
  { title: 'MeterPage' },
);
export const OwnMeter = Type.Object(
  {
    meter: Meter,
    prepaid: nullable(PrepaidView),
    topUps: Type.Array(TopUp),
    use: Use,
  },
  { title: 'OwnMeter' },
);
export const RoundLine = Type.Object(
  {
    meter: Meter,
    /** Where one walks: building, unit and floor; null for what hangs in no home. */
    building: nullable(Text),
    unit: nullable(Text),
    floor: nullable(Type.Integer()),
    /** Read today already. */
    isReadToday: Type.Boolean(),
  },
  { title: 'MeterRoundLine' },
);

export const FileAnswer = Type.Object(
  {
    taken: Type.Integer(),
    held: Type.Integer(),
    known: Type.Integer(),
    isTrial: Type.Boolean(),
    /** Columns that were not recognised: nothing was read; and what the file's columns are called. */
    missing: Type.Array(oneOf(['serial', 'value', 'day'])),
    titles: Type.Array(Text),
    faults: Type.Array(
      Type.Object({ line: Type.Integer(), code: Text, params: Type.Record(Type.String(), Type.Unknown()) }),
    ),
  },
  { title: 'MeterFileAnswer' },
);
