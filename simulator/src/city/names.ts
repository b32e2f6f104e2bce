import { type CompoundSpec, type HouseStyle, styles } from '../data/street.ts';
import type { Random } from '../random.ts';

/** Names of a city that is nowhere, from syllables that many places bear. */

export const cityOf = { name: '千湖市', code: '990200' };
export const securityCompany = '千湖永固保安服务有限公司';

/** Of nine companies the largest serves a quarter of the departments; assumed. */
export const companyShares: readonly (readonly [company: number, weight: number])[] = [
  [0, 24],
  [1, 18],
  [2, 14],
  [3, 12],
  [4, 10],
  [5, 8],
  [6, 6],
  [7, 5],
  [8, 3],
];
const companyNames = ['和润', '安岚', '嘉邻', '同泽', '恒舍', '宜居', '清源', '百川', '朴家'];
export const companyName = (i: number): { readonly name: string; readonly short: string } => ({
  name: `千湖${companyNames[i]}物业服务有限公司`,
  short: `${companyNames[i]}物业`,
});

const districtHeads = [
  '湖东',
  '湖西',
  '湖南',
  '湖北',
  '临江',
  '望山',
  '城中',
  '新港',
  '青坪',
  '白沙',
  '石桥',
  '云台',
];
export const districtName = (i: number): string =>
  `${districtHeads[i % districtHeads.length]}${i < districtHeads.length ? '' : Math.floor(i / districtHeads.length) + 1}区`;

const heads = [
  '松',
  '柏',
  '梅',
  '桂',
  '槿',
  '榕',
  '枫',
  '桐',
  '荷',
  '菱',
  '芦',
  '兰',
  '棠',
  '樟',
  '杉',
  '莲',
  '竹',
  '蒲',
  '葵',
  '枣',
];
const tails = ['溪', '桥', '坪', '港', '浦', '岭', '塘', '湾', '洲', '圩'];
/** Two hundred different ones; then they are numbered. */
export function streetName(i: number): string {
  const name = `${heads[i % heads.length]}${tails[Math.floor(i / heads.length) % tails.length]}`;
  const turn = Math.floor(i / (heads.length * tails.length));
  return `${name}${turn === 0 ? '' : turn + 1}街道`;
}

const compoundHeads = [
  '锦',
  '瑞',
  '福',
  '祥',
  '泰',
  '康',
  '宁',
  '和',
  '雅',
  '静',
  '明',
  '清',
  '春',
  '晨',
  '星',
  '月',
];
const compoundMiddles = ['园', '庭', '苑', '里', '河', '湖', '林', '泉', '山', '岸', '景', '华'];
const endings: Readonly<Record<HouseStyle, readonly string[]>> = {
  works: ['厂南院', '厂北院', '宿舍院'],
  walkup80: ['小区', '新村', '里'],
  walkup90: ['小区', '一区', '二区'],
  tower90: ['公寓', '大厦'],
  slab00: ['家园', '花园', '苑'],
  tower00: ['城', '阁', '公馆'],
};
export function compoundName(random: Random, style: HouseStyle): string {
  return `${random.pick(compoundHeads)}${random.pick(compoundMiddles)}${random.pick(endings[style])}`;
}

type Block = CompoundSpec['blocks'][number];
const usual: Readonly<Record<HouseStyle, readonly [units: number, floors: number, doors: number]>> = {
  works: [3, 5, 3],
  walkup80: [4, 6, 2],
  walkup90: [4, 6, 2],
  tower90: [1, 22, 8],
  slab00: [2, 14, 3],
  tower00: [1, 26, 5],
};

/** As many buildings of the style's usual shape as the area asks for; a small compound is one smaller building. */
export function blockOf(style: HouseStyle, areaHundredths: number): Block {
  const [least, most] = styles[style].area;
  const [units, floors, doors] = usual[style];
  const homes = areaHundredths / 100 / ((least + most) / 2);
  const count = Math.round(homes / (units * floors * doors));
  if (count >= 1) return [count, units, floors, doors];
  return units === 1
    ? [1, 1, Math.max(3, Math.round(homes / doors)), doors]
    : [1, Math.max(1, Math.round(homes / (floors * doors))), floors, doors];
}
