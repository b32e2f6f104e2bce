/** 微信公众号里回复的话:只由服务器发出。 */
export const wechatLabels = {
  'wechat.keywords.report': '报修|报事|我要报修|我要报事|维修',
  'wechat.keywords.orders': '我的报事|我的报修|进度|查进度',
  'wechat.keywords.bind': '绑定|绑定账号|通知',
  'wechat.link.report': '点这里报事',
  'wechat.link.orders': '看我报的事',
  'wechat.link.bind': '用这个微信收通知',
  'wechat.link.words': '接着报这件事',
  'wechat.answers.welcome':
    '欢迎。在这里可以报修,也可以收到办理进度。\n{bind}(先登录再确认,{minutes}分钟内有效)\n{report}\n也可以直接把事情写在这里,例如“3号楼2单元电梯不动了”。',
  'wechat.answers.again': '{report}\n{orders}\n也可以直接把事情写在这里。',
  'wechat.answers.report': '{report}\n也可以直接把事情写在这里,再点链接补上地点就能发出。',
  'wechat.answers.orders': '{orders}',
  'wechat.answers.bind':
    '{bind}\n登录后确认,以后办理进度会发到这里。链接{minutes}分钟内有效,请不要转发给别人。',
  'wechat.answers.words':
    '还没有报上去。请点“{report}”,您写的话已经填好,选好地点就能发出。链接{minutes}分钟内有效。',
  'wechat.answers.help':
    '这里看得懂文字和位置。请写一句话,或者:\n{report}\n{orders}\n{bind}({minutes}分钟内有效)',
} as const;
