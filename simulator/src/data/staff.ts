import type { Role } from '../model.ts';

/** One trade of a project department: its title, what it can do, and how many households it has a hand for. */
export interface Trade {
  readonly title: string;
  readonly skills: readonly string[];
  readonly householdsEach: number;
}

/** Together the trades cover every skill of the catalogue, so that no order finds nobody who may take it. */
export const trades: readonly Trade[] = [
  { title: '水暖维修工', skills: ['plumbing', 'heating'], householdsEach: 600 },
  { title: '电工', skills: ['electrical', 'fire'], householdsEach: 1000 },
  { title: '综合维修工', skills: ['carpentry', 'plumbing', 'gas'], householdsEach: 900 },
  { title: '电梯安全管理员', skills: ['lift'], householdsEach: 2500 },
  { title: '门禁弱电工', skills: ['access_control', 'electrical'], householdsEach: 2500 },
  { title: '保洁员', skills: ['cleaning'], householdsEach: 700 },
  { title: '绿化工', skills: ['greening'], householdsEach: 2500 },
  { title: '秩序维护员', skills: ['security', 'fire'], householdsEach: 700 },
  { title: '便民服务员', skills: ['delivery', 'care'], householdsEach: 2500 },
];

export const stewardSkills = ['office', 'care'] as const;
export const deskSkills = ['office'] as const;

/** A persona: who the visitor of a demonstration can be. Names are made up like all others. */
export interface PersonaSpec {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly where: '/m/' | '/desk/';
}

/** In the order of the sign-in page; the last digits of their numbers are their places in this list. */
export const personas: readonly PersonaSpec[] = [
  { id: 'resident', role: 'resident', name: '沈若兰', where: '/m/' },
  { id: 'neighbour', role: 'resident', name: '秦守义', where: '/m/' },
  { id: 'worker', role: 'worker', name: '李海生', where: '/m/' },
  { id: 'steward', role: 'steward', name: '方静怡', where: '/desk/' },
  { id: 'desk', role: 'desk', name: '蒋春霞', where: '/desk/' },
  { id: 'manager', role: 'manager', name: '郝志刚', where: '/desk/' },
  { id: 'company', role: 'company', name: '顾立新', where: '/desk/' },
  { id: 'committee', role: 'committee', name: '孟玉琴', where: '/desk/' },
  { id: 'social_worker', role: 'social_worker', name: '田佳慧', where: '/desk/' },
  { id: 'street', role: 'street', name: '陆建民', where: '/desk/' },
  { id: 'city', role: 'city', name: '康文斌', where: '/desk/' },
  { id: 'daughter', role: 'resident', name: '周晓雯', where: '/m/' },
  { id: 'guard', role: 'guard', name: '石永强', where: '/m/' },
  // What one person of the company proposes about money another confirms.
  { id: 'finance', role: 'company', name: '梁慧敏', where: '/desk/' },
];
