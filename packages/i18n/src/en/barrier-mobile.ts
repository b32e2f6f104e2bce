import type { Labels } from '../message.ts';
import type { barrierMobileLabels as chinese } from '../zh-CN/barrier-mobile.ts';

/** Barriers, and asking the guard to open: on the phone. */
export const barrierMobileLabels: Labels<typeof chinese> = {
  'pass.ask.title': 'The code does not work?',
  'pass.ask.text':
    'If you stand at the gate, you can ask the guard to open it. The guard sees your surname and home, and decides.',
  'pass.ask.begin': 'Ask the guard to open',
  'pass.ask.gate': 'Which gate are you at',
  'pass.ask.way': 'Which way',
  'pass.ask.in': 'In',
  'pass.ask.out': 'Out',
  'pass.ask.send': 'Ask to open',
  'pass.ask.waiting': 'Waiting for the guard at {gate}',
  'pass.ask.left': '{count} s at most',
  'pass.ask.withdraw': 'Stop waiting',
  'pass.ask.opening': 'The guard agreed; one moment',
  'pass.ask.passed': 'The guard let you through',
  'pass.ask.stopped': 'The guard agreed, but you cannot be let through',
  'pass.ask.declined': 'The guard did not open',
  'pass.ask.unanswered': 'Nobody answered. Show your code, or ask at the booth.',
  'pass.ask.withdrawn': 'You stopped waiting',
  'pass.ask.again': 'Ask again',
  'mobile.gate.barrier.title': 'Barriers',
  'mobile.gate.barrier.text':
    'To open one when nobody is checked, choose a reason. Who, when and why is written down.',
  'mobile.gate.barrier.ordered': 'It was asked to open',
};
