/**
 * The invented street. Its shape is that of the street in the articles (14 communities, 17,000 households,
 * 1.28 million m²); its names are not. 万隆小区, with its 276 households, carries the scenarios of mission.md.
 */

export const city = { name: '青澜市', code: '990100' };
export const district = { name: '澜东区', code: '990102' };
export const street = { name: '槐园街道', code: '990102008', address: '青澜市澜东区槐园街道槐园路1号' };

export const communities = [
  '槐园北里',
  '槐园南里',
  '柳桥',
  '柳桥东里',
  '银杏里',
  '榆钱里',
  '磨盘街',
  '书市街',
  '古巷里',
  '文昌里',
  '安泰里',
  '华晟',
  '水云',
  '万隆',
] as const;

export const companies = [
  { name: '青澜惠邻物业服务有限公司', short: '惠邻物业' },
  { name: '青澜槐安物业管理有限公司', short: '槐安物业' },
  { name: '青澜同春物业服务有限公司', short: '同春物业' },
] as const;

export const propertyRightUnit = '青澜第二纺织机械厂';
export const securityCompany = '青澜磐石保安服务有限公司';
export const suppliers = ['青澜捷达电梯配件有限公司', '青澜恒水泵阀经营部'] as const;
/** Who receives what is not the property company's duty. */
export const utilities = {
  water: '青澜市自来水集团槐园营业所',
  power: '青澜供电公司澜东供电所',
  gas: '青澜燃气集团澜东分公司',
  heat: '青澜热力集团槐园热力站',
  drainage: '青澜排水集团澜东管网所',
  telecom: '青澜广电通信澜东营维中心',
} as const;
export type Utility = keyof typeof utilities;

/** Departments in the order in which a small street keeps them: the personas' first, then one of another company. */
export const departments = [
  { name: '万隆项目部', company: 0 },
  { name: '磨盘项目部', company: 1 },
  { name: '槐园项目部', company: 0 },
  { name: '柳桥项目部', company: 0 },
  { name: '银杏项目部', company: 0 },
  { name: '榆钱项目部', company: 0 },
  { name: '书市项目部', company: 1 },
  { name: '古巷项目部', company: 1 },
  { name: '文昌项目部', company: 1 },
  { name: '安泰项目部', company: 2 },
  { name: '华晟项目部', company: 2 },
  { name: '水云项目部', company: 2 },
] as const;

export type HouseStyle = 'works' | 'walkup80' | 'walkup90' | 'tower90' | 'slab00' | 'tower00';

/** Registered areas by style: the range in m² over the doors of a landing. */
export const styles: Readonly<
  Record<HouseStyle, { area: readonly [number, number]; lifts: number; built: readonly [number, number] }>
> = {
  works: { area: [38, 58], lifts: 0, built: [1976, 1984] },
  walkup80: { area: [48, 75], lifts: 0, built: [1982, 1989] },
  walkup90: { area: [55, 87], lifts: 0, built: [1991, 1998] },
  tower90: { area: [50, 89], lifts: 2, built: [1992, 1999] },
  slab00: { area: [73, 122], lifts: 1, built: [2001, 2009] },
  tower00: { area: [76, 119], lifts: 2, built: [2003, 2012] },
};

export interface CompoundSpec {
  readonly name: string;
  readonly community: number;
  readonly department: number;
  readonly style: HouseStyle;
  /** Buildings × units × floors × doors on a landing; several groups where the compound grew in stages. */
  readonly blocks: readonly (readonly [buildings: number, units: number, floors: number, doors: number])[];
  /** Ground-floor homes that became a property office, a meter room or a service station. */
  readonly converted?: number;
  /** Some of its buildings belong to the work unit that built them. */
  readonly isWorksHousing?: boolean;
}

export const compounds: readonly CompoundSpec[] = [
  { name: '槐园北里小区', community: 0, department: 2, style: 'walkup80', blocks: [[10, 4, 6, 2]] },
  { name: '槐园北里甲区', community: 0, department: 2, style: 'walkup80', blocks: [[6, 5, 6, 2]] },
  { name: '北辰家园', community: 0, department: 2, style: 'tower90', blocks: [[3, 1, 24, 6]] },
  { name: '槐园南里小区', community: 1, department: 2, style: 'walkup80', blocks: [[13, 5, 6, 2]] },
  {
    name: '纺机南院',
    community: 1,
    department: 2,
    style: 'works',
    blocks: [[5, 3, 5, 3]],
    isWorksHousing: true,
  },
  { name: '南园公寓', community: 1, department: 2, style: 'tower90', blocks: [[1, 1, 18, 8]] },
  { name: '柳桥小区', community: 2, department: 3, style: 'walkup80', blocks: [[9, 4, 6, 2]] },
  { name: '柳桥西区', community: 2, department: 3, style: 'walkup80', blocks: [[6, 4, 6, 3]], converted: 1 },
  { name: '柳岸华庭', community: 2, department: 3, style: 'slab00', blocks: [[4, 2, 14, 3]] },
  { name: '柳桥东里小区', community: 3, department: 3, style: 'walkup90', blocks: [[14, 4, 6, 2]] },
  { name: '东里新苑', community: 3, department: 3, style: 'slab00', blocks: [[2, 2, 18, 4]] },
  { name: '柳东公寓', community: 3, department: 3, style: 'tower90', blocks: [[1, 1, 22, 8]] },
  { name: '银杏里一区', community: 4, department: 4, style: 'walkup90', blocks: [[8, 5, 6, 2]] },
  { name: '银杏里二区', community: 4, department: 4, style: 'walkup90', blocks: [[6, 5, 6, 2]] },
  { name: '银杏湾', community: 4, department: 4, style: 'tower00', blocks: [[3, 1, 26, 4]] },
  { name: '杏林雅居', community: 4, department: 4, style: 'slab00', blocks: [[2, 2, 10, 2]] },
  { name: '榆钱里小区', community: 5, department: 5, style: 'walkup80', blocks: [[10, 4, 6, 3]] },
  { name: '榆园', community: 5, department: 5, style: 'walkup90', blocks: [[5, 4, 6, 2]] },
  { name: '榆景阁', community: 5, department: 5, style: 'tower00', blocks: [[2, 1, 28, 6]] },
  {
    name: '磨盘街1号院',
    community: 6,
    department: 1,
    style: 'works',
    blocks: [[4, 3, 5, 3]],
    isWorksHousing: true,
  },
  { name: '磨盘街3号院', community: 6, department: 1, style: 'walkup80', blocks: [[6, 4, 6, 2]] },
  { name: '磨盘街5号院', community: 6, department: 1, style: 'walkup80', blocks: [[3, 3, 6, 3]] },
  { name: '石磨坊小区', community: 6, department: 1, style: 'walkup90', blocks: [[9, 4, 6, 2]] },
  { name: '磨坊新城', community: 6, department: 1, style: 'tower90', blocks: [[2, 1, 24, 6]] },
  { name: '书市街小区', community: 7, department: 6, style: 'walkup80', blocks: [[8, 4, 6, 2]] },
  { name: '书香苑', community: 7, department: 6, style: 'slab00', blocks: [[3, 2, 17, 3]] },
  { name: '旧书巷2号院', community: 7, department: 6, style: 'walkup80', blocks: [[4, 3, 6, 2]] },
  { name: '翰墨轩', community: 7, department: 6, style: 'tower00', blocks: [[2, 1, 19, 6]] },
  { name: '古巷里小区', community: 8, department: 7, style: 'walkup80', blocks: [[13, 4, 6, 2]] },
  { name: '古巷东院', community: 8, department: 7, style: 'walkup90', blocks: [[4, 4, 6, 2]] },
  { name: '雅集公寓', community: 8, department: 7, style: 'tower90', blocks: [[1, 1, 24, 10]] },
  { name: '文昌里小区', community: 9, department: 8, style: 'walkup80', blocks: [[8, 5, 6, 2]] },
  { name: '文昌花园', community: 9, department: 8, style: 'slab00', blocks: [[3, 2, 14, 3]] },
  { name: '文昌阁公寓', community: 9, department: 8, style: 'tower90', blocks: [[1, 1, 18, 8]] },
  { name: '教工宿舍院', community: 9, department: 8, style: 'walkup80', blocks: [[3, 4, 6, 2]] },
  { name: '安泰里一区', community: 10, department: 9, style: 'walkup90', blocks: [[8, 4, 6, 2]] },
  { name: '安泰里二区', community: 10, department: 9, style: 'walkup90', blocks: [[8, 4, 6, 2]] },
  { name: '安泰嘉园', community: 10, department: 9, style: 'tower00', blocks: [[3, 1, 28, 4]] },
  {
    name: '纺机北院',
    community: 10,
    department: 9,
    style: 'works',
    blocks: [[4, 4, 5, 3]],
    isWorksHousing: true,
  },
  { name: '华晟家园', community: 11, department: 10, style: 'slab00', blocks: [[6, 2, 18, 4]] },
  { name: '华晟公馆', community: 11, department: 10, style: 'slab00', blocks: [[2, 2, 23, 3]] },
  { name: '晟景苑', community: 11, department: 10, style: 'tower00', blocks: [[2, 1, 26, 5]] },
  { name: '水云间', community: 12, department: 11, style: 'slab00', blocks: [[5, 2, 11, 3]] },
  { name: '水云居', community: 12, department: 11, style: 'slab00', blocks: [[4, 2, 18, 3]] },
  { name: '云水湾', community: 12, department: 11, style: 'tower00', blocks: [[3, 1, 22, 5]] },
  { name: '水岸小院', community: 12, department: 11, style: 'walkup90', blocks: [[2, 3, 6, 2]] },
  {
    name: '万隆小区',
    community: 13,
    department: 0,
    style: 'walkup80',
    blocks: [
      [3, 5, 6, 2],
      [2, 4, 6, 2],
    ],
  },
  { name: '万隆南苑', community: 13, department: 0, style: 'walkup90', blocks: [[6, 4, 6, 2]] },
  { name: '万和城', community: 13, department: 0, style: 'tower00', blocks: [[3, 1, 28, 5]] },
  { name: '隆兴里', community: 13, department: 0, style: 'walkup80', blocks: [[7, 4, 6, 2]] },
];

/** The compound that changes its company soon: from the second company to the personas' own department. */
export const handover = {
  compound: '磨盘街5号院',
  inDays: 18,
  documentNumber: '槐街发〔2026〕31号',
  note: '业主大会表决换聘，现物业合同到期',
} as const;

/** The compound of the personas and of the scenarios. */
export const homeCompound = '万隆小区';
