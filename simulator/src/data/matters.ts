import type { FacilityKind } from '../model.ts';
import type { Utility } from './street.ts';

/** When in the day people report it: at home in the morning and evening, in office hours, after dark, at any hour. */
export type Rhythm = 'home' | 'office' | 'evening' | 'day' | 'any';

export interface Matter {
  /** Share of all reports, in hundredths or so; only the proportions count. */
  readonly weight: number;
  readonly rhythm: Rhythm;
  /** Months (1–12) in which it happens; every month when absent. */
  readonly months?: readonly number[];
  /** What in the compound it is about; without one of these it cannot happen there. */
  readonly facility?: readonly FacilityKind[];
  /** Where in the open, in words, when it is about no facility. */
  readonly spots?: readonly string[];
  /** Whoever else's duty it often turns out to be, and how often the desk passes it on. */
  readonly refer?: {
    readonly to: Utility | 'police' | 'enforcement' | 'community' | 'owner';
    readonly share: number;
  };
  /** The roof leaks into the top floor only, and nobody lives above it. */
  readonly floor?: 'top' | 'below top';
  /** Minutes on site, the median. */
  readonly work?: number;
}

const winter = [11, 12, 1, 2, 3];
const stairs = ['{1|2|3}单元{2|3|4|5}层', '{1|2}单元{2|3|4}层拐角', '{1|2|3}单元门厅'];
const yard = ['{楼前|楼后}便道', '中心花园', '{东门|南门}内侧', '{楼前|楼后}车位', '自行车棚'];
const greens = ['楼前绿地', '中心花园', '{南侧|西侧}绿化带'];

export const matters: Readonly<Record<string, Matter>> = {
  'water.leak.home': { weight: 6, rhythm: 'home', work: 40 },
  'water.burst': { weight: 0.35, rhythm: 'any', spots: stairs, work: 110 },
  'water.upstairs': {
    weight: 1.8,
    floor: 'below top',
    rhythm: 'home',
    refer: { to: 'owner', share: 0.12 },
    work: 60,
  },
  'water.none': { weight: 1.2, rhythm: 'home', spots: stairs, refer: { to: 'water', share: 0.3 }, work: 40 },
  'water.pressure': { weight: 1, rhythm: 'home', refer: { to: 'water', share: 0.15 }, work: 45 },
  'water.quality': {
    weight: 0.5,
    rhythm: 'home',
    spots: stairs,
    refer: { to: 'water', share: 0.4 },
    work: 30,
  },
  'water.drain': { weight: 5.5, rhythm: 'home', work: 45 },
  'water.toilet': { weight: 4, rhythm: 'home', work: 40 },
  'water.sewage': {
    weight: 0.7,
    rhythm: 'day',
    facility: ['manhole'],
    refer: { to: 'drainage', share: 0.15 },
    work: 100,
  },
  'water.tap': { weight: 3.5, rhythm: 'home', work: 30 },
  'water.meter': { weight: 1, rhythm: 'office', refer: { to: 'water', share: 0.3 }, work: 25 },
  'water.roof': { weight: 0.6, floor: 'top', rhythm: 'day', spots: ['顶层楼道', '屋面'], work: 200 },
  'water.wall': { weight: 0.4, rhythm: 'day', spots: ['{北|东|西}侧山墙'], work: 180 },
  'water.pump-room': { weight: 0.35, rhythm: 'office', facility: ['pump'], work: 70 },
  'power.out.home': { weight: 2.5, rhythm: 'home', refer: { to: 'power', share: 0.08 }, work: 35 },
  'power.out.building': {
    weight: 0.12,
    rhythm: 'any',
    spots: ['整栋'],
    refer: { to: 'power', share: 0.3 },
    work: 60,
  },
  'power.trip': { weight: 2.6, rhythm: 'home', work: 45 },
  'power.spark': { weight: 0.22, rhythm: 'any', spots: stairs, work: 60 },
  'power.socket': { weight: 2.2, rhythm: 'home', work: 30 },
  'power.meter': { weight: 1.3, rhythm: 'home', refer: { to: 'power', share: 0.35 }, work: 25 },
  'power.light.stairs': { weight: 6, rhythm: 'evening', spots: stairs, work: 20 },
  'power.light.street': { weight: 1.7, rhythm: 'evening', facility: ['street_lamp'], work: 40 },
  'lift.trapped': { weight: 0.2, rhythm: 'any', facility: ['lift'], work: 25 },
  'lift.fault': { weight: 3, rhythm: 'home', facility: ['lift'], work: 70 },
  'lift.noise': { weight: 1.4, rhythm: 'home', facility: ['lift'], work: 80 },
  'lift.button': { weight: 1.5, rhythm: 'home', facility: ['lift'], work: 40 },
  'lift.inspection': { weight: 0.2, rhythm: 'office', facility: ['lift'], work: 120 },
  'gas.smell': { weight: 0.16, rhythm: 'home', spots: stairs, work: 40 },
  'gas.none': { weight: 0.5, rhythm: 'home', refer: { to: 'gas', share: 0.4 }, work: 25 },
  'heating.cold': { weight: 6, rhythm: 'home', months: winter, refer: { to: 'heat', share: 0.08 }, work: 50 },
  'heating.building': {
    weight: 0.4,
    rhythm: 'home',
    months: winter,
    spots: ['整栋', '{1|2|3}单元'],
    refer: { to: 'heat', share: 0.5 },
    work: 80,
  },
  'heating.leak': { weight: 0.35, rhythm: 'any', months: winter, spots: stairs, work: 70 },
  'building.facade': { weight: 0.05, rhythm: 'day', spots: ['{东|西}侧外墙'], work: 120 },
  'building.manhole': { weight: 0.12, rhythm: 'day', facility: ['manhole'], work: 60 },
  'building.door': { weight: 3.2, rhythm: 'home', spots: ['{1|2|3}单元门'], work: 45 },
  'building.lock': { weight: 1.3, rhythm: 'home', work: 40 },
  'building.window': { weight: 1.2, rhythm: 'home', work: 50 },
  'building.railing': { weight: 0.45, rhythm: 'day', spots: stairs, work: 50 },
  'building.plaster': { weight: 0.35, rhythm: 'day', spots: stairs, work: 150 },
  'building.road': { weight: 0.45, rhythm: 'day', spots: yard, work: 200 },
  'building.play': { weight: 0.35, rhythm: 'day', facility: ['playground'], work: 60 },
  'building.crack': { weight: 0.08, rhythm: 'office', spots: ['山墙', '地下室'], work: 90 },
  'fire.smoke': { weight: 0.04, rhythm: 'any', spots: stairs, work: 30 },
  'fire.alarm': { weight: 0.12, rhythm: 'any', spots: ['{1|2}单元', '地下车库'], work: 30 },
  'fire.exit': { weight: 0.7, rhythm: 'evening', spots: yard, work: 25 },
  'fire.equipment': { weight: 0.4, rhythm: 'office', facility: ['fire_hydrant'], work: 40 },
  'fire.ebike': { weight: 1.3, rhythm: 'evening', spots: stairs, work: 30 },
  'fire.hazard': { weight: 0.9, rhythm: 'office', spots: stairs, work: 45 },
  'gate.fault': { weight: 2.4, rhythm: 'home', facility: ['gate'], work: 45 },
  'gate.intercom': { weight: 1.2, rhythm: 'home', work: 40 },
  'gate.card': { weight: 2.6, rhythm: 'office', spots: ['物业前台'], work: 15 },
  'gate.barrier': { weight: 1.1, rhythm: 'home', spots: ['{东|南|北}门车闸'], work: 35 },
  'security.camera': { weight: 0.4, rhythm: 'office', facility: ['camera'], work: 50 },
  'security.stranger': { weight: 0.8, rhythm: 'evening', spots: stairs, work: 20 },
  'security.theft': {
    weight: 0.25,
    rhythm: 'day',
    spots: yard,
    refer: { to: 'police', share: 0.5 },
    work: 40,
  },
  'security.throwing': {
    weight: 0.3,
    rhythm: 'evening',
    spots: yard,
    refer: { to: 'police', share: 0.15 },
    work: 40,
  },
  'parking.blocked': { weight: 3.4, rhythm: 'evening', spots: yard, work: 20 },
  'parking.disorder': { weight: 1, rhythm: 'evening', spots: yard, work: 30 },
  'parking.charger': { weight: 1.1, rhythm: 'evening', facility: ['charging_pile'], work: 40 },
  'parking.lease': { weight: 0.9, rhythm: 'office', spots: ['物业前台'], work: 15 },
  'cleaning.rubbish': { weight: 2.2, rhythm: 'day', facility: ['waste_station'], work: 35 },
  'cleaning.stairs': { weight: 3, rhythm: 'day', spots: stairs, work: 40 },
  'cleaning.piles': { weight: 0.8, rhythm: 'day', spots: stairs, work: 40 },
  'cleaning.bulky': { weight: 2, rhythm: 'day', spots: ['{楼前|楼后}大件堆放点'], work: 30 },
  'cleaning.pests': { weight: 1, rhythm: 'day', spots: ['{地下室|垃圾站|管井}'], work: 40 },
  'cleaning.odour': { weight: 0.8, rhythm: 'day', spots: stairs, work: 40 },
  'cleaning.snow': { weight: 0.6, rhythm: 'day', months: [12, 1, 2], spots: yard, work: 50 },
  'greening.fallen': { weight: 0.06, rhythm: 'any', spots: greens, work: 70 },
  'greening.prune': { weight: 0.45, rhythm: 'day', spots: greens, work: 120 },
  'greening.lawn': { weight: 0.25, rhythm: 'day', spots: greens, work: 120 },
  'greening.puddle': { weight: 0.4, rhythm: 'day', spots: yard, work: 60 },
  'noise.neighbour': { weight: 2, rhythm: 'evening', work: 20 },
  'noise.renovation': { weight: 1.7, rhythm: 'day', spots: stairs, work: 20 },
  'noise.outside': {
    weight: 0.7,
    rhythm: 'evening',
    spots: yard,
    refer: { to: 'enforcement', share: 0.35 },
    work: 25,
  },
  'neighbour.dog': {
    weight: 0.8,
    rhythm: 'evening',
    spots: greens,
    refer: { to: 'police', share: 0.2 },
    work: 25,
  },
  'neighbour.fumes': { weight: 0.6, rhythm: 'evening', refer: { to: 'enforcement', share: 0.12 }, work: 35 },
  'neighbour.illegal': {
    weight: 0.3,
    rhythm: 'office',
    spots: ['{顶层|一层}平台'],
    refer: { to: 'enforcement', share: 0.6 },
    work: 40,
  },
  'neighbour.mediation': {
    weight: 0.4,
    rhythm: 'office',
    spots: ['社区议事厅'],
    refer: { to: 'community', share: 0.2 },
    work: 60,
  },
  'special.oxygen': { weight: 0.07, rhythm: 'day', work: 30 },
  'special.medicine': { weight: 0.5, rhythm: 'day', work: 30 },
  'special.meals': { weight: 0.7, rhythm: 'day', work: 20 },
  'special.hospital': { weight: 0.25, rhythm: 'office', work: 180 },
  'special.groceries': { weight: 0.6, rhythm: 'day', work: 40 },
  'special.visit': { weight: 0.4, rhythm: 'day', work: 25 },
  'special.carry': { weight: 0.4, rhythm: 'day', work: 25 },
  'parcel.problem': { weight: 0.8, rhythm: 'office', spots: ['快递柜'], work: 20 },
  'service.attitude': { weight: 0.4, rhythm: 'office', spots: ['物业前台', '门岗'], work: 40 },
  'fee.question': { weight: 2.4, rhythm: 'office', spots: ['物业前台'], work: 15 },
  'fee.invoice': { weight: 1.1, rhythm: 'office', spots: ['物业前台'], work: 15 },
  'fund.question': { weight: 0.3, rhythm: 'office', spots: ['物业前台'], work: 30 },
  'residence.question': {
    weight: 0.5,
    rhythm: 'office',
    spots: ['社区服务站'],
    refer: { to: 'community', share: 0.5 },
    work: 15,
  },
  'renovation.permit': { weight: 0.9, rhythm: 'office', work: 40 },
  'owners.question': {
    weight: 0.3,
    rhythm: 'office',
    spots: ['社区服务站'],
    refer: { to: 'community', share: 0.5 },
    work: 15,
  },
  'suggestion.facility': { weight: 0.5, rhythm: 'office', spots: yard, work: 20 },
  'suggestion.service': { weight: 0.5, rhythm: 'office', spots: ['物业前台'], work: 20 },
  'suggestion.activity': { weight: 0.4, rhythm: 'office', spots: ['社区议事厅'], work: 20 },
  'patrol.equipment': {
    weight: 1.4,
    rhythm: 'office',
    facility: ['pump', 'water_tank', 'camera', 'charging_pile'],
    work: 50,
  },
};

/** Reports an hour, Monday to Friday, as shares of a day; the weekend sleeps longer. */
export const rhythms: Readonly<Record<Rhythm, readonly number[]>> = {
  home: [2, 1, 0.6, 0.4, 0.4, 1, 4, 8, 8, 7, 6, 5, 5, 4, 4, 4, 5, 7, 9, 10, 9, 6, 4, 3],
  office: [0, 0, 0, 0, 0, 0, 0.3, 1.5, 8, 13, 13, 9, 4, 5, 11, 11, 9, 7, 3, 2, 1.5, 1, 0.3, 0],
  evening: [3, 1.5, 0.8, 0.4, 0.3, 0.5, 1.5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 7, 10, 13, 13, 10, 7, 5],
  day: [0.3, 0.2, 0.1, 0.1, 0.1, 0.5, 3, 7, 9, 10, 9, 7, 5, 5, 7, 7, 7, 6, 5, 4, 3, 2, 1, 0.5],
  any: [3, 2, 2, 2, 2, 2, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 5, 5, 4],
};
/** Monday … Sunday. */
export const weekdayFactor = [1.1, 1, 0.98, 0.98, 1, 1.06, 0.88] as const;
