/** What comes to a household, on its page. */
export const householdBillLabels = {
  'household.bills': 'Bills for repairs',
  'household.noBills': 'Nothing to pay for repairs',
  'household.bills.and': '; ',
  'household.bills.sum.due': '{amount} due',
  'household.bills.sum.agreed': '{amount} due once the work is done',
  'household.bills.sum.quoted': '{amount} quoted, not answered yet',
  'household.bills.state.due': 'Due',
  'household.bills.state.agreed': 'Agreed',
  'household.bills.state.quoted': 'Quoted',
  'household.bills.since': 'Done {when}',
  'household.bills.unpaidUnknown':
    'This says what the work comes to. What of it was paid is told under Billing.',
} as const;
