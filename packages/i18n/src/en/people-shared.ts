export const peopleSharedLabels = {
  'purposes.callback': 'To call back',
  'purposes.visit': 'To arrange a visit',
  'purposes.clarify': 'To ask about a report',
  'purposes.verify_identity': 'To check who it is',
  'purposes.correct_record': 'To check what is on record',
  'purposes.emergency': 'To reach them in an emergency',
  'purposes.authority': 'Asked for by an authority, by law',
  'purposes.export': 'To hand out the data at the person’s own request',
  'purposes.other': 'Something else',
} as const;
