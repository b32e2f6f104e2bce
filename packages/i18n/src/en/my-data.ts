/** The phone's page of the own data: who looked at it. */
export const myDataLabels = {
  'myData.title': 'My data',
  'myData.seen': 'Who looked at my data',
  'myData.seenText':
    'To see your full name and phone, staff must first say what for. Each look is written down here.',
  'myData.none': 'Nobody has looked',
  'myData.noneText': 'What people usually see is a masked name and phone.',
  'myData.by': '{organisation} · {role}',
  'myData.at': '{when} · {place}',
} as const;
