import type { Labels } from '../message.ts';
import type { reportingConsoleLabels as chinese } from '../zh-CN/reporting-console.ts';

/** Reporting in full, at the desk. */
export const reportingConsoleLabels = {
  'console.reporting.title': 'Visit and report',
  'console.reporting.several': 'More than one thing; please split',
  'console.reporting.followers': { one: '1 neighbour waits too', other: '{count} neighbours wait too' },
  'console.reporting.accused': 'The complaint is about {name}',
  'console.reporting.agreed': 'Agreed: {span}',
  'console.reporting.proposed': 'Proposed {span}; waiting for an answer',
  'console.reporting.windows': 'At home: {spans}',
  'console.reporting.missed': { one: 'Nobody at home once', other: 'Nobody at home {count} times' },
  'console.reporting.rescheduled': { one: 'Changed once', other: 'Changed {count} times' },
  'console.reporting.voice': 'The resident’s voice note',
  'console.reporting.from': 'From',
  'console.reporting.to': 'Until',
  'console.reporting.reason': 'Why it changes (the resident will see it)',
  'console.reporting.byPhone': 'Agreed with the resident on the phone',
  'console.category.learnt': 'The desk often files “{words}” here',
  'console.labels.title': 'Facility codes',
  'console.labels.text': '{place}: stuck on lifts, gates and other facilities, a scan tells which one it is.',
  'console.labels.print': { one: 'Print 1 label', other: 'Print {count} labels' },
  'console.labels.none': 'No facility is registered here',
  'console.labels.code': 'Code of {name}',
  'console.labels.scan': 'Broken? Scan to report',
  'console.labels.open': 'Facility codes',
} as const satisfies Labels<typeof chinese>;
