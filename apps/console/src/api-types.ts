import type { operations, Schema } from '@gongzhi/contract';

/** The API's shapes as the console uses them; every one is taken from the server's own schemas. */

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

export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}
type ItemOf<Name extends Operation> = Answer<Name> extends { items: (infer Item)[] } ? Item : never;

export type Me = Answer<'getMe'>;
export type Membership = Me['acting'];
export type Role = Membership['role'];
export type Locale = Me['account']['locale'];
export type AuthOptions = Answer<'getAuthOptions'>;
export type Persona = AuthOptions['personas'][number];
export type CodeSent = Answer<'requestCode'>;

export type Scope = ItemOf<'listScopes'>;
export type ScopeDetail = Answer<'getScope'>;
export type Building = ItemOf<'listBuildings'>;
export type Household = ItemOf<'listHouseholds'>;
export type HouseholdDetail = Answer<'getHousehold'>;
export type Tie = HouseholdDetail['people'][number];
export type PersonItem = ItemOf<'findPeople'>;
export type PersonDetail = Answer<'getPerson'>;
export type StaffMember = ItemOf<'listStaff'>;
export type Grid = ItemOf<'listGrids'>;
export type ImportRun = Schema<'Import'>;
export type ImportColumns = Schema<'ImportColumns'>;
export type ImportKind = ImportRun['kind'];
export type ImportFault = ItemOf<'listImportFaults'>;
export type Facility = ItemOf<'listFacilities'>;

export type Category = Schema<'Category'>;
export type OrderRow = Schema<'WorkOrderRow'>;
export type Order = Schema<'WorkOrder'>;
export type OrderStatus = OrderRow['status'];
export type OrderAction = Order['actions'][number];
export type PhotoRef = Order['photos'][number];
export type NewOrder = Schema<'NewWorkOrder'>;
export type TimelineEntry = Schema<'TimelineEntry'>;
export type QueueCounts = Schema<'QueueCounts'>;

export type Report = Schema<'OnTimeReport'>;
export type ReportRow = Report['rows'][number];
export type ReportFigures = Report['totals'];
export type ReportBy = Query<'reportOnTime'>['by'];

export type Consent = Schema<'Consent'>;
export type CallerHome = Answer<'recogniseCaller'>['homes'][number];
export type Compared = Schema<'Comparison'>;
export type ComparedRow = Compared['rows'][number];
export type ComparedFigures = ComparedRow['now'];
export type CallbackRow = Schema<'CallbackRow'>;

export type InboxMessage = Schema<'InboxItem'>;
export type Delivery = Schema<'Delivery'>;
