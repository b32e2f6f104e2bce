/** What the WeChat account answers; said by the server only. */
export const wechatLabels = {
  'wechat.keywords.report': 'report|report something|repair|repairs',
  'wechat.keywords.orders': 'my reports|reports|progress|status',
  'wechat.keywords.bind': 'bind|connect|notify me|notifications',
  'wechat.link.report': 'Report something',
  'wechat.link.orders': 'See what I reported',
  'wechat.link.bind': 'Get told here',
  'wechat.link.words': 'Finish this report',
  'wechat.answers.welcome':
    'Welcome. Report what is broken here, and hear how it goes.\n{bind} (sign in and confirm within {minutes} minutes)\n{report}\nOr just write what is wrong, such as “The lift in building 3 has stopped”.',
  'wechat.answers.again': '{report}\n{orders}\nOr just write what is wrong.',
  'wechat.answers.report':
    '{report}\nOr just write what is wrong here; the link then only asks for the place.',
  'wechat.answers.orders': '{orders}',
  'wechat.answers.bind':
    '{bind}\nSign in and confirm, and news of your reports comes here. The link works for {minutes} minutes; please pass it to nobody.',
  'wechat.answers.words':
    'Nothing has been sent yet. Open “{report}”: your words are filled in, choose the place and send. The link works for {minutes} minutes.',
  'wechat.answers.help':
    'Words and places are what we can read here. Write a line, or:\n{report}\n{orders}\n{bind} (works for {minutes} minutes)',
} as const;
