import type { Labels } from '../message.ts';
import type { healthLabels as chinese } from '../zh-CN/health-mobile.ts';

/** The health code: there only while a measure in force asks for it. */
export const healthLabels: Labels<typeof chinese> = {
  'pass.health.title': 'Health code',
  'pass.health.why': '{authority} wants health codes looked at here ({name}, {documentNo}) until {until}.',
  'pass.health.kept': {
    one: 'What you say goes to the health code service and is not kept here. What the gate hears is destroyed {count} day after the measure ends.',
    other:
      'What you say goes to the health code service and is not kept here. What the gate hears is destroyed {count} days after the measure ends.',
  },
  'pass.health.keptService': 'Health code service: {service}',
  'pass.health.demonstration': 'The demonstration’s own health code service: nothing of it is real',
  'pass.health.show': 'Show my health code',
  'pass.health.again': 'Make a new one',
  'pass.health.hide': 'Put it away',
  'pass.health.qr': 'QR code of your health code',
  'pass.health.age': {
    one: 'Made {when}, good for {count} minute more',
    other: 'Made {when}, good for {count} minutes more',
  },
  'pass.health.over': 'This code is over: make a new one',
  'pass.health.scan': 'Where the guard can’t look it up, let them scan this',
  'pass.health.who': 'For whom',
  'pass.health.self': 'Myself',
  'pass.health.declare': 'Say how I am',
  'pass.health.temperature': 'Temperature (if you measured it)',
  'pass.health.temperatureText': 'In °C, such as 36.5',
  'pass.health.symptoms': 'I have a fever, a cough or a sore throat',
  'pass.health.risk': 'I was in a risk area in the last 7 days',
  'pass.health.send': 'Send and get my code',
  'pass.health.done': 'Sent',
  'mobile.gate.healthCode': 'Scan health code',
  'mobile.gate.healthCode.waiting': 'Scan their health code',
  'mobile.gate.healthCode.text': 'They are then checked once more by it; a code of somebody else is told.',
  'mobile.gate.healthCode.cancel': 'Not now',
};
