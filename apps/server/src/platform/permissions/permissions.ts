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
  /** The one field that looks through everything: what it finds of each kind, the kind's own permission says. */
  'search.use': [...deskRoles, 'worker', ...overseers],
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
  /** A home's own bills; of the others, whoever does the accounts. */
  'bill.read': ['resident', 'desk', 'manager', 'company'],
  'bill.run': ['desk', 'manager', 'company'],
  // A second person: never the one who asked (the domain).
  'bill.approve': ['manager', 'company'],
  /** Ask that a line is corrected; a second person decides, never the one who asked (the domain). */
  'bill.correct': ['desk', 'manager', 'company'],
  'bill.correct_approve': ['manager', 'company'],
  'tariff.read': ['resident', ...deskRoles, ...overseers],
  'tariff.change': ['manager', 'company'],
  /** Who owes: never beyond who does the accounts. */
  'arrears.read': ['desk', 'manager', 'company'],
  'arrears.write': ['desk', 'manager', 'company'],
  /** A compound's figures, without whose they are. */
  'bill.totals': ['manager', 'company', 'street', 'city'],
  // What materials and labour cost is displayed to everybody.
  'price.read': everyone,
  'price.write': ['manager', 'company'],
  'work_order.queues': [...deskRoles, ...overseers],
  /** Reports kept under a name, run again, made by themselves: each with the rights of its lists. */
  'report.use': [...deskRoles, ...overseers],
  'work_order.report': [...deskRoles, ...overseers],
  /** Sums of whatever is within reach, and the wall screen that shows them. */
  'overview.read': [...deskRoles, ...overseers],
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
  // Without a passage, with a reason.
  'barrier.open': ['guard', ...deskRoles],
  'gate.override': ['guard', ...deskRoles, 'committee', 'street'],
  'passage.read': [...deskRoles, 'committee', 'street'],
  // Who went where is looked up with a purpose, and that is kept.
  'passage.search': ['manager', 'committee', 'street'],
  'passage.figures': [...deskRoles, ...overseers],
  'gate.recount': deskRoles,
  'gate.measures': [...deskRoles, 'guard', ...overseers],
  // A measure is carried out by whoever the competent authority commissions: never by a property company of its own.
  'gate.order_measures': ['street', 'city'],
  /** What somebody does about the gate from home: the own code, guests, slips. */
  'gate.own': ['resident'],
  /** Looking after who came home, or did not; under a measure that allows it. */
  'follow_up.read': [...deskRoles, 'committee', 'street'],
  'follow_up.work': [...deskRoles, 'committee', 'street'],
  // Contact tracing is public authority's: asked for by one office and authorised by another, never a company's.
  'tracing.read': ['committee', 'street', 'city'],
  'tracing.ask': ['committee', 'street'],
  'tracing.authorise': ['street', 'city'],
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
  /** One entry serves many forms: who asks, who fills in, who looks on. */
  'form.author': ['street', 'city'],
  'form.fill': [...deskRoles, 'social_worker', 'committee'],
  'form.read': [...deskRoles, 'social_worker', 'committee', 'street', 'city'],
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
  /** The books of a compound: balances and what moved them; closing a month; the chain. */
  'ledger.read': ['manager', 'company'],
  // Sums by account without anybody's name or home.
  'ledger.totals': ['manager', 'company', 'street'],
  'ledger.close': ['manager', 'company'],
  'ledger.verify': ['manager', 'company', 'street'],
  // What comes in from common parts and goes out of them: written by the company, published to the owners.
  'accounts.read': ['resident', ...deskRoles, ...overseers],
  'accounts.manage': ['manager', 'company'],
  'accounts.publish': ['manager', 'company'],
  /** A home's own money; staff read it where they collect it, and never a street's or a city's. */
  'payment.read': ['resident', ...deskRoles, 'company'],
  'payment.own': ['resident'],
  'payment.staff': [...deskRoles, 'company'],
  'payment.cash': ['desk', 'manager'],
  'refund.ask': deskRoles,
  // A second person: never the one who asked.
  'refund.approve': ['manager', 'company'],
  'invoice.answer': ['desk', 'manager', 'company'],
  reconcile: ['company'],
  'hotline.caller': [...deskRoles, 'social_worker', 'committee', 'street', 'city'],
  /** Meters of homes and common parts: a street sees totals, never a home's. */
  'meter.read': [...deskRoles, 'company'],
  /** What was read on one meter; a home's own, for its people. */
  'meter.look': ['worker', ...deskRoles, 'company', 'resident'],
  'meter.record': ['worker', ...deskRoles],
  'meter.write': ['worker', ...deskRoles, 'resident'],
  'meter.decide': deskRoles,
  'meter.manage': ['manager', 'company'],
  'meter.command': ['desk', 'manager'],
  'meter.protect': deskRoles,
  'meter.care': [...deskRoles, 'social_worker'],
  'meter.own': ['resident'],
  'weather.read': [...department, ...overseers],
  'weather.record': ['manager', 'company', 'street', 'city'],
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
