import { deskSkills, type PersonaSpec, personas, stewardSkills, trades } from '../data/staff.ts';
import type {
  Account,
  Compound,
  Department,
  Membership,
  Places,
  Role,
  Scope,
  StaffMember,
} from '../model.ts';
import { enteredAt } from '../places/places.ts';
import { seededIds } from '../ids.ts';
import type { Random } from '../random.ts';
import { makeName, phoneNumber } from './names.ts';

export interface Staff {
  readonly members: readonly StaffMember[];
  readonly accounts: readonly Account[];
  readonly memberships: readonly Membership[];
}

export interface Post {
  /** Where the staff row lies: the employer. */
  readonly employer: Scope;
  /** Where the membership acts; the employer's own scope unless they are sent elsewhere (guards). */
  readonly actsIn?: Scope;
  readonly role: Role;
  readonly title: string;
  readonly skills?: readonly string[];
  readonly born?: readonly [number, number];
}

export type Hire = (post: Post) => Account;

export interface Hiring {
  readonly random: Random;
  newId(): string;
  /** Of the nth who is hired. */
  phoneOf(serial: number): string;
  /** The first of each persona's post gets the persona's name; of two of one post, the first and the second. */
  readonly personas: readonly PersonaSpec[];
}

/** Fills posts, one after the other; no two colleagues bear one name. */
export function hiring({ random, newId, phoneOf, personas: known }: Hiring): Staff & { readonly hire: Hire } {
  const members: StaffMember[] = [];
  const accounts: Account[] = [];
  const memberships: Membership[] = [];
  const waiting = Map.groupBy(
    known.filter((p) => p.role !== 'resident'),
    ({ role }) => role,
  );
  const taken = new Set(known.map((p) => p.name));
  let serial = 0;
  const hire: Hire = ({ employer, actsIn = employer, role, title, skills = [], born = [1966, 2000] }) => {
    const persona = waiting.get(role)?.shift();
    const name =
      persona?.name ?? newName(() => makeName(random, random.int(...born), sexOf(title, random)), taken);
    taken.add(name);
    const phone = persona ? phoneNumber(known.indexOf(persona) + 1) : phoneOf(serial++);
    const startsOn = `${random.int(2012, 2023)}-${String(random.int(1, 12)).padStart(2, '0')}-01`;
    const account: Account = { id: newId(), name, phone, createdAt: enteredAt };
    accounts.push(account);
    members.push({ id: newId(), scope: employer, account, role, title, skills, startsOn });
    memberships.push({ id: newId(), scopeId: actsIn.id, accountId: account.id, role, startsOn });
    return account;
  };
  return { members, accounts, memberships, hire };
}

/** A project department: its trades, its office, a steward for each grid and a guard for each gate. */
export function hireDepartment(
  hire: Hire,
  department: Department,
  served: readonly Compound[],
  securityScope: Scope,
): void {
  const households = served.reduce((sum, c) => sum + c.households.length, 0);
  const at = { employer: department.scope };
  for (const trade of trades) {
    const hands = Math.max(1, Math.round(households / trade.householdsEach));
    for (let n = 0; n < hands; n++) hire({ ...at, role: 'worker', title: trade.title, skills: trade.skills });
  }
  hire({ ...at, role: 'manager', title: '项目经理', skills: deskSkills, born: [1968, 1985] });
  for (let n = 0; n < (households > 1500 ? 3 : 2); n++)
    hire({ ...at, role: 'desk', title: '前台客服', skills: deskSkills, born: [1980, 2001] });
  // The steward of the scenarios' compound comes first.
  for (const compound of served) {
    for (const grid of compound.grids) {
      grid.stewardAccountId = hire({
        ...at,
        role: 'steward',
        title: '楼宇管家',
        skills: stewardSkills,
        born: [1978, 2001],
      }).id;
    }
    hire({
      employer: securityScope,
      actsIn: department.scope,
      role: 'guard',
      title: '保安员',
      skills: ['security'],
    });
  }
}

export function hireCommittee(hire: Hire, community: Scope): void {
  const at = { employer: community };
  hire({ ...at, role: 'committee', title: '居委会主任', born: [1966, 1982] });
  hire({ ...at, role: 'committee', title: '居委会副主任', born: [1970, 1988] });
}

/** One for each grid of the community's compounds. */
export function hireSocialWorkers(hire: Hire, community: Scope, compounds: readonly Compound[]): void {
  for (const compound of compounds) {
    for (const grid of compound.grids) {
      grid.socialWorkerAccountId = hire({
        employer: community,
        role: 'social_worker',
        title: '网格社工',
        skills: ['care'],
        born: [1980, 2001],
      }).id;
    }
  }
}

export function hireCompany(hire: Hire, company: Scope): void {
  hire({ employer: company, role: 'company', title: '运营总监', born: [1968, 1985] });
  hire({ employer: company, role: 'company', title: '财务主管', born: [1978, 1996] });
}

export function hireStreet(hire: Hire, street: Scope): void {
  for (const title of ['物业管理科科长', '物业管理科科员', '城市管理办公室主任', '接诉即办专员', '值班员'])
    hire({ employer: street, role: 'street', title, born: [1970, 1998] });
}

export function hireCity(hire: Hire, city: Scope): void {
  hire({ employer: city, role: 'city', title: '市物业管理指导中心处长', born: [1966, 1980] });
  hire({ employer: city, role: 'city', title: '市物业管理指导中心科员', born: [1980, 1998] });
}

/** Everybody who works in the street, and the grid pairs. */
export function makeStaff(places: Places, random: Random): Staff {
  const nextId = seededIds(random);
  // Departments and communities are walked with the personas' first, so the first holder of a role is the persona.
  const { hire, ...staff } = hiring({
    random,
    newId: () => nextId(enteredAt),
    phoneOf: (serial) => phoneNumber(10_000_000 + serial * 37),
    personas,
  });
  for (const department of places.departments) {
    const served = places.compounds.filter((c) => c.department === department);
    hireDepartment(hire, department, served, places.securityScope);
  }
  const home = places.departments[0]!;
  const communities = [...places.communities].sort((a, b) => rank(b) - rank(a));
  function rank(community: (typeof places.communities)[number]): number {
    return places.compounds.some((c) => c.department === home && c.community === community) ? 1 : 0;
  }
  for (const community of communities) {
    hireCommittee(hire, community.scope);
    const compounds = places.compounds.filter((c) => c.community === community);
    hireSocialWorkers(hire, community.scope, compounds);
  }
  for (const company of places.companies) hireCompany(hire, company);
  hireStreet(hire, places.street);
  hireCity(hire, places.city);
  return staff;
}

/** Colleagues are told apart by name: the desk assigns by it. */
function newName(draw: () => string, taken: ReadonlySet<string>): string {
  let name = draw();
  while (taken.has(name)) name = draw();
  return name;
}

function sexOf(title: string, random: Random): 'f' | 'm' {
  const women: Record<string, number> = {
    保洁员: 0.75,
    前台客服: 0.85,
    楼宇管家: 0.7,
    网格社工: 0.7,
    便民服务员: 0.5,
  };
  const isTrade = title.endsWith('工') && title !== '网格社工';
  return random.chance(women[title] ?? (isTrade || title === '保安员' || title === '秩序维护员' ? 0.04 : 0.4))
    ? 'f'
    : 'm';
}
