import type { Labels } from '../message.ts';
import type { uiLabels as zh } from '../zh-CN/ui.ts';

export const uiLabels = {
  'ui.close': 'Close',
  'ui.retry': 'Try again',
  'ui.resend': 'Send again',
  'ui.removePhoto': 'Remove {name}',
  'ui.failed': 'This could not be opened',
  'ui.trace': 'If you ask for help, quote {trace}',
  'ui.offline': 'No network: you see what was last loaded',
  'ui.offlineWaiting': {
    one: 'No network: 1 thing waits and will be sent when you are back online',
    other: 'No network: {count} things wait and will be sent when you are back online',
  },
  'ui.dueSoon': '{span} left',
  'ui.dueIn': '{span} left, by {when}',
  'ui.dueLate': '{span} late',
  'ui.duePaused': 'The clock stands, {span} left',
  'ui.signHow': 'How it is confirmed',
  'ui.signDraw': 'Sign on the screen',
  'ui.signSpoken': 'Said so in person',
  'ui.signHere': 'Sign here',
  'ui.signEmpty': '{label}: field for a signature, empty',
  'ui.signWritten': '{label}: field for a signature, signed',
  'ui.signAgain': 'Wipe and sign again',
  'ui.signName': 'Name of who confirms',
  'ui.signNameHelp': 'For somebody who cannot sign here but agreed in person: write their name',
} as const satisfies Labels<typeof zh>;
