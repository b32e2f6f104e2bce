import { type Instant, maskName, maskPhone, MINUTE } from '@gongzhi/kernel';
import type { Random } from '../random.ts';
import { numberOf, type Order, submitOrder } from '../rules.ts';
import { Life, type Shot, type Stage } from './life.ts';
import type { Report } from './reports.ts';

/** The picture that goes with a matter, before and after. Names of drawings in photos.ts. */
export function drawingOf(group: string, isDone: boolean): string {
  if (isDone)
    return group === 'power' || group === 'lift'
      ? 'lamp-lit'
      : group === 'water' || group === 'heating_gas'
        ? 'pipe-mended'
        : 'tidy';
  const before: Readonly<Record<string, string>> = {
    water: 'drip',
    heating_gas: 'drip',
    power: 'lamp-dark',
    lift: 'lamp-dark',
    parking: 'car',
    gate_security: 'door',
    building: 'wall',
  };
  return before[group] ?? 'rubbish';
}

export interface Options {
  readonly photos?: number;
  readonly neededBy?: Instant;
}

/** Takes a report in, as the service does: the same submission, the same facts beside it. */
export function submit(stage: Stage, report: Report, random: Random, options: Options = {}): Life {
  const { at, ground, category, by, household, place } = report;
  const isPublic = place === 'public' && !category.isConfidential;
  const shots = Array.from(
    { length: by.accountId === null ? 0 : (options.photos ?? 0) },
    (): Shot => ({
      fileId: stage.newId(at - 20_000),
      drawing: drawingOf(category.group, false),
      uploadedBy: by.accountId!,
      type: 'work_order.report',
      at: at - 20_000,
    }),
  );
  const neededBy =
    category.kind === 'special_need'
      ? (options.neededBy ?? at + Math.round(category.resolveMinutes * random.between(0.6, 1.4)) * MINUTE)
      : null;
  const decided = submitOrder(
    { category, place, isPublic, neededBy, photoIds: shots.map((s) => s.fileId) },
    {
      who: by.role === 'resident' ? ['reporter'] : ['desk'],
      now: at,
      accountId: by.accountId,
      settings: stage.settings,
    },
  );
  if (!decided.ok)
    throw new Error(`${category.code} at ${report.placeLabel} was refused: ${decided.error.reason}`);

  const { scope } = ground.compound;
  const order: Order = {
    id: stage.newId(at),
    wall: {
      scopeId: scope.id,
      cityId: scope.cityId,
      streetId: scope.streetId,
      companyId: scope.companyId,
      householdId: household?.id ?? null,
      // On a caller's behalf the reporter is the household, not the clerk.
      reporterAccountId: report.contact === null ? by.accountId : null,
      isPublic: decided.value.order.isPublic,
    },
    number: numberOf(at, random.word()),
    description: report.description,
    placeLabel: report.placeLabel,
    buildingId: report.buildingId,
    facilityId: report.facility?.id ?? null,
    // Sealed when the row is written.
    contactCipher: null,
    contactMasked:
      report.contact === null
        ? by.name
        : `${maskName(report.contact.name)} ${maskPhone(report.contact.phone)}`,
    onBehalfOf: by.onBehalf?.name ?? null,
    assigneeName: null,
    assigneeTitle: null,
    hasSeveral: false,
    accusedName: null,
    aboutOrderId: null,
    source: report.source,
    version: 1,
    updatedAt: new Date(at),
    state: decided.value.order,
  };
  const life = new Life(stage, random, category, order, report.contact, { decision: decided.value, by });
  life.shots.push(...shots);
  return life;
}
