import type { Labels } from '../message.ts';
import type { triageLabels as chinese } from '../zh-CN/triage.ts';

export const triageLabels: Labels<typeof chinese> = {
  'triage.title': 'Suggested',
  'triage.sure': '{share} sure',
  'triage.because': 'because of: {words}',
  'triage.unit': 'Whose it is: {unit}',
  'triage.taught': 'Learnt from {count} matters this city’s desks have handled, {date}',
};
