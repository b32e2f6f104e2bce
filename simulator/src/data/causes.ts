import type { FacilityKind } from '../model.ts';

/**
 * What kept coming back at one place: a lift whose project is being watched, doors whose project has begun, and a lamp that
 * nobody has thought about yet. Days are counted back from the end of the history.
 */
export interface Cause {
  readonly compound: string;
  readonly category: string;
  /** The first of this kind in the compound; without one, all over the first building. */
  readonly facility: FacilityKind | null;
  /** When it was reported, beside what is drawn by lot. */
  readonly reportedDaysAgo: readonly number[];
  /** What people have made of it; null: nobody has seen it yet, and the house proposes it by itself. */
  readonly project: CauseProject | null;
}

export interface CauseProject {
  readonly cause: string;
  readonly proposedDaysAgo: number;
  readonly acceptedDaysAgo: number;
  readonly done: { readonly daysAgo: number; readonly workDone: string } | null;
  readonly steps: readonly {
    readonly what: string;
    readonly owner: 'worker' | 'manager';
    /** Days from now on which it is, or was, due. */
    readonly dueIn: number;
    readonly endedDaysAgo: number | null;
    readonly note: string | null;
  }[];
}

export const causes: readonly Cause[] = [
  {
    compound: '万和城',
    category: 'lift.fault',
    facility: 'lift',
    reportedDaysAgo: [41, 40, 38, 37, 36, 35, 33, 32, 31, 30, 29, 27, 26, 25, 9],
    project: {
      cause: '曳引机制动器磨损,门机皮带老化',
      proposedDaysAgo: 25,
      acceptedDaysAgo: 24,
      done: { daysAgo: 17, workDone: '更换制动器闸瓦和门机皮带,限速器重新校验' },
      steps: [
        {
          what: '请维保单位和厂家一起查停梯记录',
          owner: 'manager',
          dueIn: -21,
          endedDaysAgo: 21,
          note: '八成停梯在开关门时',
        },
        {
          what: '更换闸瓦和门机皮带',
          owner: 'worker',
          dueIn: -17,
          endedDaysAgo: 18,
          note: '已换,试运行一天正常',
        },
      ],
    },
  },
  {
    compound: '万隆小区',
    category: 'building.door',
    facility: null,
    reportedDaysAgo: [37, 31, 28, 24, 21, 17, 15, 12, 10, 8, 7],
    project: {
      cause: '闭门器型号偏小,冬天风大关不严',
      proposedDaysAgo: 7,
      acceptedDaysAgo: 6,
      done: null,
      steps: [
        {
          what: '量各单元门的重量和开角,选闭门器',
          owner: 'worker',
          dueIn: -3,
          endedDaysAgo: 4,
          note: '五樘门都要换大一号',
        },
        { what: '换一单元到五单元的闭门器', owner: 'worker', dueIn: 4, endedDaysAgo: null, note: null },
      ],
    },
  },
  {
    compound: '万隆小区',
    category: 'power.light.street',
    facility: 'street_lamp',
    reportedDaysAgo: [36, 33, 30, 27, 24, 21, 18, 15, 13, 11, 9, 7, 4, 2],
    project: null,
  },
];
