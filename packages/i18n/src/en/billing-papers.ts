import type { Labels } from '../message.ts';
import type { billPaperLabels as zh } from '../zh-CN/billing-papers.ts';

export const billPaperLabels = {
  'bills.paper.statement': 'Statement of account',
  'bills.paper.statementName': 'Statement {home} {from} to {to}',
  'bills.paper.home': 'Home',
  'bills.paper.period': 'Period',
  'bills.paper.range': '{from} to {to}',
  'bills.paper.day': 'Day',
  'bills.paper.what': 'What',
  'bills.paper.owed': 'Owed (yuan)',
  'bills.paper.balance': 'Balance (yuan)',
  'bills.paper.opening': 'At the beginning',
  'bills.paper.closing': 'At the end',
  'bills.paper.statementText':
    'Bills add to what is owed; payments, reductions and corrections take off it. The balance is money paid ahead. If you doubt an entry, please tell the property company.',
  'bills.paper.page': 'Page {page} of {of}',
  'bills.paper.lettersName': '{scope} reminder letters {day} ({count})',
  'bills.letter.title': 'A reminder of open fees',
  'bills.letter.hello': 'Dear residents,',
  'bills.letter.open':
    'As of {day} we have not yet received payment for these items, whose due day has passed:',
  'bills.letter.item': 'Item',
  'bills.letter.month': 'Month',
  'bills.letter.due': 'Due on',
  'bills.letter.amount': 'Open (yuan)',
  'bills.letter.total': 'Total',
  'bills.letter.pay':
    'You can pay on your phone, or at the service centre: your door number is enough. If you have paid in the last days, please disregard this letter.',
  'bills.letter.doubt':
    'If you doubt any of these items, please tell us. We will check it first, and not remind you again before that.',
  'bills.letter.hard':
    'If this is a difficult time, please tell us too: we can agree on a day that suits you.',
  'bills.letter.served':
    'Whether or not these fees are paid, the water, power, heating and gas of your home are not affected (Civil Code, article 944).',
} as const satisfies Labels<typeof zh>;
