import type { Labels } from '../message.ts';
import type { guardLabels as zh } from '../zh-CN/guard.ts';

/** The guard's page on the phone at the gate. Sentences of an answer are read at a glance. */
export const guardLabels = {
  'mobile.tab.gate': 'Gate',

  'mobile.gate.title': 'Gate',
  'mobile.gate.idle': 'Show your code',
  'mobile.gate.idleText': 'Scan it, hold a card to the reader, or enter a number below',
  'mobile.gate.next': 'Next person',
  'mobile.gate.more': 'Other ways',
  'mobile.gate.direction': 'Direction',
  'mobile.gate.in': 'In',
  'mobile.gate.out': 'Out',
  'mobile.gate.working': 'Checking',
  'mobile.gate.decidedHere': 'No network: decided from this phone’s list',
  'mobile.gate.kept': 'Noted',

  'mobile.gate.insecure':
    'The gate needs an address that begins with https, so that its list is safe on the phone. Ask your administrator.',

  'mobile.gate.line.up': 'Online',
  'mobile.gate.line.down': 'Offline',
  'mobile.gate.line.downText':
    'The gate goes on without a network. Records stay on this phone and are sent when the line is back.',
  'mobile.gate.waiting': { one: '{count} record to send', other: '{count} records to send' },
  'mobile.gate.today': '{count} today',
  'mobile.gate.inside': '{count} inside, {most} at most',
  'mobile.gate.freeSpaces': { one: '{count} free space', other: '{count} free spaces' },

  'mobile.gate.list.none':
    'This phone has no list yet. Connect it before you begin, or ask to see the card on paper.',
  'mobile.gate.list.expired':
    'The list has expired and nobody can be let in by it. Connect the phone, or use the paper list.',
  'mobile.gate.list.age': 'List from {age}, {count} passes',
  'mobile.gate.list.refused': 'A list came that somebody had altered. It was thrown away; the old one stays.',
  'mobile.gate.storage.full':
    'The phone is full. New records are in memory only: keep this page open until they are sent.',
  'mobile.gate.storage.memory':
    'This browser keeps nothing. Records are in memory only: keep this page open until they are sent.',
  'mobile.gate.clock.fast':
    'This phone’s clock is {span} ahead. The gate goes by the server’s time. Please set the clock.',
  'mobile.gate.clock.slow':
    'This phone’s clock is {span} behind. The gate goes by the server’s time. Please set the clock.',
  'mobile.gate.clock.back':
    'This phone’s clock was turned back, and codes may not match. Set the clock, or connect the phone.',
  'mobile.gate.refusedUploads':
    'The server did not take {count} records. They are still on this phone: tell the manager.',
  'mobile.gate.elsewhere':
    '{count} records are another compound’s and still on this phone. They go up when it is registered there again.',
  'mobile.gate.revoked':
    'This phone was stopped and its list is deleted. Ask the manager to register it again.',

  'mobile.gate.pair.title': 'Which gate is this phone for',
  'mobile.gate.pair.text':
    'The manager registers this phone at the desk and tells you a code of eight digits. It works once, within 15 minutes.',
  'mobile.gate.pair.code': 'Pairing code',
  'mobile.gate.pair.submit': 'Start the watch',
  'mobile.gate.pair.leave': 'Take this phone off the gate',
  'mobile.gate.pair.leaveTitle': 'Leave this gate?',
  'mobile.gate.pair.leaveText': 'The list is deleted from the phone. Records must be sent first.',
  'mobile.gate.pair.leaveWaiting': 'Some records are not sent yet: connect the phone first.',
  'mobile.gate.pair.nowhere': 'There is no gate for you here. Ask the manager to look at your post.',

  'mobile.gate.camera.open': 'Open the camera',
  'mobile.gate.camera.close': 'Close the camera',
  'mobile.gate.camera.denied': 'The camera did not open. Allow it in the browser, or use the scanner.',
  'mobile.gate.camera.view': 'What the camera sees',
  'mobile.gate.sound.on': 'Turn the sound on',
  'mobile.gate.sound.off': 'Mute',

  'mobile.gate.counter.title': 'Parcels and goods',
  'mobile.gate.counter.offline':
    'No network: people and vehicles first. Parcels and slips wait until the line is back.',
  'mobile.gate.counter.look': 'Collect, let out',
  'mobile.gate.counter.take': 'Take a parcel in',
  'mobile.gate.counter.code': 'Six digits',
  'mobile.gate.counter.codeText': 'The parcel’s code or the slip’s number, as the resident says it',
  'mobile.gate.counter.find': 'Find',
  'mobile.gate.counter.none': 'No such number. Ask the resident to look at the phone again.',
  'mobile.gate.counter.onShelf': 'At {shelf}',
  'mobile.gate.counter.hand': 'Hand over',
  'mobile.gate.counter.handed': 'Noted: the parcel was collected',
  'mobile.gate.counter.passed': 'Let out; the home is told',
  'mobile.gate.counter.held': 'Not let out; the home is told',
  'mobile.gate.counter.hold': 'Does not agree',
  'mobile.gate.counter.pass': 'Agrees, let out',
  'mobile.gate.counter.why': 'What does not agree',
  'mobile.gate.counter.taken': 'Taken in for {home}',
  'mobile.gate.counter.home': 'Which home',
  'mobile.gate.counter.carrier': 'Carrier',
  'mobile.gate.counter.tail': 'Last characters of its number (optional)',
  'mobile.gate.counter.tailText': 'To tell two of one home apart',
  'mobile.gate.counter.shelf': 'Where it lies',

  'mobile.gate.number': 'Number',
  'mobile.gate.numberText': 'A visitor’s six digits, the number of a card or of a pass',
  'mobile.gate.check': 'Check',
  'mobile.gate.temperature': 'Temperature (°C)',
  'mobile.gate.temperatureText': 'Only where this gate asks for it. It counts for the next person.',
  'mobile.gate.temperatureNext': 'Next person: {value} °C',

  'mobile.gate.urgent.title': 'Let through at once',
  'mobile.gate.urgent.text': 'No check and no waiting. Let them through; it is recorded afterwards.',

  'mobile.gate.override.title': 'Let in, say why',
  'mobile.gate.override.reason': 'Why',
  'mobile.gate.override.reasonText': 'Who agreed, and on what grounds. The manager sees it.',
  'mobile.gate.override.submit': 'Let through',
  'mobile.gate.override.by': 'Decided by: {who}',

  'mobile.gate.search.title': 'Find somebody',
  'mobile.gate.search.text': 'Every search is recorded, with who searched and why.',
  'mobile.gate.search.place': 'Building-unit-room',
  'mobile.gate.search.placeText': 'For example 3-2-601',
  'mobile.gate.search.last': 'Last four of the phone',
  'mobile.gate.search.by': 'Find by',
  'mobile.gate.search.purpose': 'Why',
  'mobile.gate.search.purpose.no_phone': 'Came without a phone',
  'mobile.gate.search.purpose.code_unreadable': 'The code can’t be read',
  'mobile.gate.search.purpose.visitor_at_gate': 'A visitor stands here',
  'mobile.gate.search.submit': 'Find',
  'mobile.gate.search.none': 'Nobody found. Look at the number again, or ask the resident to confirm.',
  'mobile.gate.search.offline':
    'Searching needs the network. Until then: six digits, a card, or this morning’s printed list.',
  'mobile.gate.search.choose': 'Check this person',

  'mobile.gate.queue.title': 'People waiting',
  'mobile.gate.queue.count': { one: '{count} person waiting', other: '{count} people waiting' },
  'mobile.gate.queue.more': 'One more',
  'mobile.gate.queue.less': 'One fewer',

  'mobile.gate.note.title': 'Hand over',
  'mobile.gate.note.text': 'For the next shift at {gate}: what has to be seen to.',
  'mobile.gate.note.write': 'Note',
  'mobile.gate.note.submit': 'Hand over',
  'mobile.gate.note.last': 'Left by the shift before',
  'mobile.gate.note.none': 'The shift before left no note.',
  'mobile.gate.note.sent': 'Handed over',
  'mobile.gate.note.by': '{name}, {when}',

  'mobile.gate.flags.title': { one: '{count} to look at', other: '{count} to look at' },
  'mobile.gate.flags.text': 'Decided offline and noticed now. The manager sees them too.',
  'mobile.gate.flags.seen': 'Understood',
  'mobile.gate.flag.used_twice': 'The code of {when} was used at another gate too',
  'mobile.gate.flag.revoked': 'The pass let through at {when} had been stopped by then',
  'mobile.gate.flag.unknown_pass': 'The pass of {when} is not known here',
  'mobile.gate.flag.outcome_differs':
    'By the rules of that time the answer of {when} would have been another',
  'mobile.gate.flag.clock_off': 'The record of {when} comes from a phone whose clock was wrong',
  'mobile.gate.flag.override_beyond': 'Who was let through {when} was not the guard’s to let through',
  'mobile.gate.flag.device_revoked': 'The phone that let somebody through {when} was no longer that gate’s',
  'mobile.gate.flag.list_expired': 'The answer of {when} came from an expired list',

  'mobile.gate.limits.title': 'What a guard does not do',
  'mobile.gate.limits.detain':
    'Hold nobody. Whoever walks on is noted, and the manager or the police are told.',
  'mobile.gate.limits.search': 'No search of a person or a bag.',
  'mobile.gate.limits.papers': 'Keep no papers: look at them and give them back.',
  'mobile.gate.limits.seal': 'Seal no gate and block no fire exit.',
} as const satisfies Labels<typeof zh>;
