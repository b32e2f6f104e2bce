/** 住户页上的账单。 */
export const householdBillLabels = {
  'household.bills': '维修账单',
  'household.noBills': '没有要付的维修费',
  'household.bills.and': '；',
  'household.bills.sum.due': '应付 {amount}',
  'household.bills.sum.agreed': '做完后应付 {amount}',
  'household.bills.sum.quoted': '已报价、等答复 {amount}',
  'household.bills.state.due': '应付',
  'household.bills.state.agreed': '已同意',
  'household.bills.state.quoted': '等答复',
  'household.bills.since': '{when} 做完',
  'household.bills.unpaidUnknown': '这里只说维修该付多少。付没付,看“出账与收费”。',
} as const;
