import type { Labels } from '../message.ts';
import type { barrierLabels as chinese } from '../zh-CN/barrier.ts';

/** Barriers on the desk's page of gates. */
export const barrierLabels: Labels<typeof chinese> = {
  'barrier.opens': 'Opens',
  'barrier.opensNone': 'No barrier',
  'barrier.opensOf': 'Which barrier opens after “{label}”',
  'barrier.ordered': 'It was asked to open',
  'gates.publicKey': 'Public key of the lists',
  'gates.mqttTopic': 'MQTT topic',
};
