/**
 * The one permission table: what each role may attempt. Where (which scopes, households) is the wall of the
 * database; whether this very order allows it now is the domain's transition table.
 */
export const roles = [
  'resident',
  'worker',
  'steward',
  'desk',
  'manager',
  'company',
  'social_worker',
  'committee',
  'street',
  'city',
  'guard',
] as const;
export type Role = (typeof roles)[number];

const everyone: readonly Role[] = roles;
const department: readonly Role[] = ['worker', 'steward', 'desk', 'manager', 'guard'];
const deskRoles: readonly Role[] = ['steward', 'desk', 'manager'];
const overseers: readonly Role[] = ['company', 'social_worker', 'committee', 'street', 'city'];

export const permissions = {
  'account.self': everyone,
  'inbox.read': everyone,
  'live.listen': everyone,
  'delivery.list': [...deskRoles, 'company', 'street', 'city'],
  'place.read': everyone,
  'household.list': [...deskRoles, 'social_worker', 'committee', 'street', 'company', 'city'],
  'household.read': [...deskRoles, 'social_worker', 'committee', 'resident'],
  'household.change': deskRoles,
  // Whoever works with people by name; those who only oversee see figures.
  'person.find': [...deskRoles, 'social_worker', 'committee'],
  'person.correct': deskRoles,
  'person.export': ['manager'],
  'person.erase': ['manager'],
  'person.reveal': [...deskRoles, 'social_worker', 'committee'],
  /** Lists of compounds, homes and people brought in and taken out, into the own places only. */
  'place.import': ['manager', 'company', 'street', 'city'],
  /** What a list shows, as a file; the list's own permission is asked as well. */
  'list.export': [...deskRoles, ...overseers],
  /** A whole compound's names and phones in plain text, audited and told to everybody in it. */
  'register.export': ['manager'],
  'staff.list': [...deskRoles, ...overseers],
  'staff.manage': ['manager', 'company', 'committee', 'street', 'city'],
  'grid.list': [...deskRoles, ...overseers],
  'takeover.read': [...deskRoles, ...overseers],
  'takeover.plan': ['company', 'street', 'city'],
  'owner.list': [...deskRoles, ...overseers],
  'owner.manage': ['street', 'city'],
  'grid.mine': ['steward', 'social_worker'],
  'grid.manage': ['manager', 'company', 'committee', 'street'],
  'organisation.list': [...department, ...overseers],
  'slip.print': deskRoles,
  'consent.give': ['resident'],
  'consent.list': [...deskRoles, 'social_worker'],
  'consent.record': deskRoles,
  'file.upload': ['resident', ...department, 'social_worker', 'committee', 'street'],
  'file.read': everyone,
  'catalogue.read': everyone,
  'work_order.create': ['resident', ...department, 'social_worker', 'committee', 'street'],
  'work_order.create_for_caller': [...deskRoles, 'social_worker', 'committee', 'street'],
  'work_order.triage': [...deskRoles, 'social_worker', 'committee', 'street'],
  'work_order.list': everyone,
  'work_order.read': everyone,
  'work_order.command': everyone,
  'work_order.similar': everyone,
  'work_order.follow': ['resident'],
  // Who passes a job on must see to whom: the names, skills and open jobs of the department.
  'work_order.candidates': ['worker', ...deskRoles, ...overseers],
  'work_order.contact': ['worker', ...deskRoles, 'social_worker', 'committee'],
  'work_order.left': [...deskRoles, 'company'],
  'work_order.contractor': deskRoles,
  'work_order.handover': ['worker', ...deskRoles],
  'work_order.handover_give': ['worker'],
  'work_order.own_ratings': ['worker', 'guard', 'steward'],
  /** What a home owes for its repairs. */
  'bill.list': deskRoles,
  // What materials and labour cost is displayed to everybody.
  'price.read': everyone,
  'price.write': ['manager', 'company'],
  'work_order.queues': [...deskRoles, ...overseers],
  'work_order.report': [...deskRoles, ...overseers],
  'desk.tools': [...deskRoles, ...overseers],
  'note.use': [...deskRoles, 'company'],
  'template.read': [...deskRoles, 'company'],
  'template.write': ['desk', 'manager', 'company'],
  'order_history.read': [...deskRoles, 'company'],
  'rules.read': [...deskRoles, ...overseers],
  'rules.write': ['company', 'street', 'city'],
  'desk_phone.write': ['manager', 'company'],
  /** Devices that watch a place, what they say, and their alarms. */
  'device.read': [...deskRoles, ...overseers],
  'device.manage': ['manager', 'company'],
  /** Rounds that somebody walks, and where a sensor spares them some. */
  'patrol.read': [...deskRoles, ...overseers],
  'patrol.manage': ['manager', 'company'],
  'patrol.walk': department,
  'patrol.lower': ['manager', 'company', 'street'],
  // A second person: never the one who asked (the domain), never one who has to walk.
  'patrol.approve': ['company', 'street'],
  /** Gates and their devices; measures in force; who went through. */
  'gate.read': [...deskRoles, 'guard', ...overseers],
  'gate.manage': ['manager', 'company'],
  'gate.check': ['guard', ...deskRoles],
  'gate.override': ['guard', ...deskRoles, 'committee', 'street'],
  'passage.read': [...deskRoles, 'committee', 'street'],
  // Who went where is looked up with a purpose, and that is kept.
  'passage.search': ['manager', 'committee', 'street'],
  'passage.figures': [...deskRoles, ...overseers],
  'gate.measures': [...deskRoles, 'guard', ...overseers],
  // A measure is carried out by whoever the competent authority commissions: never by a property company of its own.
  'gate.order_measures': ['street', 'city'],
  /** What somebody does about the gate from home: the own code, guests, slips. */
  'gate.own': ['resident'],
  'pass.read': deskRoles,
  'pass.issue': deskRoles,
  'car_park.manage': ['manager', 'company'],
  'parcel.read': ['resident', 'guard', ...deskRoles],
  'parcel.keep': ['guard', ...deskRoles],
  'goods_slip.read': ['resident', 'guard', ...deskRoles],
  'goods_slip.check': ['guard', ...deskRoles],
  /** Who is kept out, watched or isolated: written by who answers for it, and heard by another. */
  'gate_list.read': [...deskRoles, 'committee', 'street'],
  'gate_list.write': ['manager', 'committee', 'street'],
  'gate_list.appeal': [...deskRoles, 'committee', 'street'],
  'gate_list.answer': ['manager', 'company', 'committee', 'street'],
  // How colleagues do is their own department's and company's to look at, not the neighbourhood's.
  'work_order.compare_staff': [...deskRoles, 'company'],
  // Who works when is their department's and company's business; each sees the own shifts.
  'roster.read': [...deskRoles, 'company'],
  'roster.write': ['desk', 'manager', 'company'],
  'roster.mine': department,
  'offer.answer': ['worker', 'guard', 'steward', 'desk', 'manager'],
  'dispatch.read': [...deskRoles, ...overseers],
  'dispatch.acknowledge': [...deskRoles, 'company', 'street', 'city'],
  'open311.read': ['street', 'city'],
  'open311.manage': ['street', 'city'],
  /** What strangers read of an order: who answers for its words. */
  'open311.publication': [...deskRoles, 'street'],
  /** Causes, and places likely to bring complaints. */
  'prevention.read': [...deskRoles, ...overseers],
  'prevention.manage': ['manager', 'company', 'street'],
  'callback.work': deskRoles,
  'callback.script.read': [...deskRoles, ...overseers],
  'callback.script.write': ['manager', 'company', 'street'],
  'heating.read': [...deskRoles, ...overseers],
  'heating.record': [...deskRoles, 'social_worker'],
  'hotline.read': [...deskRoles, ...overseers],
  'hotline.command': [...deskRoles, ...overseers],
  // Only the street and the city take cases in, and speak with the hotline.
  'hotline.take_in': ['street', 'city'],
  'hotline.client': ['city'],
  // The desk's telephone: numbers of callers are for who answers them.
  'telephony.answer': deskRoles,
  'telephony.manage': ['manager', 'company'],
  'hotline.caller': [...deskRoles, 'social_worker', 'committee', 'street', 'city'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

const allowed = new Map<string, ReadonlySet<Role>>(
  Object.entries(permissions).map(([name, who]) => [name, new Set(who)]),
);

export function mayAttempt(role: Role, permission: Permission): boolean {
  return allowed.get(permission)?.has(role) ?? false;
}

export function permissionsOf(role: Role): Permission[] {
  return (Object.keys(permissions) as Permission[]).filter((permission) => mayAttempt(role, permission));
}
