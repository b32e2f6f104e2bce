import type { Labels } from '../message.ts';
import type { accountsLabels as zh } from '../zh-CN/accounts.ts';

export const accountsLabels = {
  'accounts.title': 'Common accounts',
  'accounts.law':
    'Income from common parts belongs to all owners once reasonable costs are taken off (Civil Code 282). The property company publishes income and spending regularly (943), and so is what moves in the maintenance fund (281).',
  'accounts.section.common_income': 'Common income',
  'accounts.section.common_expense': 'Common spending',
  'accounts.section.fund_in': 'Paid into the fund',
  'accounts.section.fund_out': 'Spent from the fund',
  'accounts.common': 'Common income',
  'accounts.fund': 'Maintenance fund',
  'accounts.opening': 'Before',
  'accounts.closing': 'After',
  'accounts.left': '¥{amount} left',
  'accounts.period': '{from} to {to}',
  'accounts.none': 'Nothing has been published yet',
  'accounts.none.hint': 'Once the property company publishes, every entry and its papers stand here.',
  'accounts.published': 'Published by {company}, {when}',
  'accounts.version': 'Version {version}',
  'accounts.corrected': 'Corrected: {reason}',
  'accounts.older': 'An earlier version; it has been corrected',
  'accounts.versions': 'Versions',
  'accounts.linesShown': 'The first {shown} of {count} lines; the sums are of all of them',
  'accounts.moreLines': 'More lines ({shown} of {count} shown)',
  'accounts.noPapers': 'No papers',
  'accounts.seal':
    'When this was published the ledger was sealed up to block {block}, digest {head}. If it is altered later, that number no longer fits.',
  'accounts.selfManaged': 'Self-managed',
  'accounts.others': 'Other periods',
  'accounts.compound': 'Compound',
  'accounts.papers.column': 'Papers',
} as const satisfies Labels<typeof zh>;
