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
  'myData.all': 'Everything about me',
  'myData.allText':
    'Name and phone, homes, what you reported and wrote, a list of your pictures, consents, and who looked.',
  'myData.download': 'Download',
  'myData.downloaded': 'Downloaded',
  'myData.erase': 'Erasing my data',
  'myData.eraseText':
    'Once you have moved away and your reports are done, ask the project department to erase your name and phone; the account is closed, too. Days in a home, the course of reports (without name and phone) and logs are kept, as the law wants.',
} as const;
