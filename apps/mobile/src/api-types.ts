import type { operations, Schema } from '@gongzhi/contract';

/** The API's shapes as the phone uses them; every one is taken from the server's own schemas. */

type Operation = keyof operations;
type Json<Part> = Part extends { content: { 'application/json': infer Body } } ? Body : never;
type Success<Responses> = {
  [Status in keyof Responses]: Status extends 200 | 201 | 202 ? Json<Responses[Status]> : never;
}[keyof Responses];

/** What an operation answers with. */
export type Answer<Name extends Operation> = Success<operations[Name]['responses']>;
/** What it takes after the question mark. */
export type Query<Name extends Operation> = NonNullable<operations[Name]['parameters']['query']>;
/** What it takes as its body. */
export type Body<Name extends Operation> = operations[Name] extends { requestBody: infer Request }
  ? Json<Request>
  : never;
type ItemOf<Name extends Operation> = Answer<Name> extends { items: (infer Item)[] } ? Item : never;

export type Me = Answer<'getMe'>;
export type Role = Me['acting']['role'];
export type Locale = Me['account']['locale'];
export type HouseholdRef = Me['acting']['households'][number];
export type Persona = Answer<'getAuthOptions'>['personas'][number];

export type Building = ItemOf<'listBuildings'>;
export type Facility = ItemOf<'listFacilities'>;

export type Category = Schema<'Category'>;
export type Catalogue = Answer<'listCategories'>;
export type NewOrder = Schema<'NewWorkOrder'>;
export type Similar = ItemOf<'listSimilar'>;
export type Window = Order['windows'][number];
export type OrderRow = Schema<'WorkOrderRow'>;
export type Order = Schema<'WorkOrder'>;
export type OrderStatus = OrderRow['status'];
export type PhotoRef = Order['photos'][number];
export type Score = NonNullable<Order['rating']>;
export type TimelineEntry = Schema<'TimelineEntry'>;
export type Consent = Schema<'Consent'>;
export type InboxMessage = Schema<'InboxItem'>;

export type JobSheet = Schema<'JobSheet'>;
export type Handover = Schema<'Handover'>;
export type PatrolRound = Schema<'PatrolRound'>;
export type PatrolCheck = PatrolRound['checks'][number];
export type Offer = Schema<'OpenOffer'>;
export type Arrival = Schema<'Arrival'>;
export type Awaited = Schema<'Arrivals'>['items'][number];
export type ContractorJob = Schema<'ContractorJob'>;

type Given<Command> = Command extends unknown ? Omit<Command, 'expectedVersion'> : never;
/** What a person can do to an order here, and what each must say with it; the version is the page's to add. */
export type Command = Extract<
  Given<Schema<'WorkOrderCommand'>>,
  {
    action:
      | 'accept'
      | 'refuse'
      | 'transfer'
      | 'depart'
      | 'arrive'
      | 'start'
      | 'pause'
      | 'resume'
      | 'finish'
      | 'confirm'
      | 'confirm_for'
      | 'dispute'
      | 'rate'
      | 'cancel'
      | 'reopen'
      | 'urge'
      | 'comment'
      | 'offer_windows'
      | 'make_appointment'
      | 'agree_appointment'
      | 'nobody_home';
  }
>;

export type Disclosure = Answer<'listDisclosures'>['items'][number];

/** What is done about the work itself, and said to its price. */
export type WorkingAct = Given<Schema<'WorkingCommand'>>;
/** Whatever a worker may do without a network. */
export type Act = Command | WorkingAct;

const WORKING: Record<WorkingAct['action'], true> = {
  add_line: true,
  remove_line: true,
  set_discount: true,
  set_payer: true,
  send_quote: true,
  withdraw_quote: true,
  agree: true,
  decline: true,
  ask: true,
  add_helper: true,
  remove_helper: true,
  helper_arrive: true,
  helper_leave: true,
  order_part: true,
  part_arrived: true,
  plan_visit: true,
  complete_visit: true,
  cancel_visit: true,
  answer_safety: true,
  reset_safety: true,
  hand_back: true,
  invite_contractor: true,
  revoke_contractor: true,
};

export function isWorkingAct(act: Act): act is WorkingAct {
  return act.action in WORKING;
}
