/** 从公众号点进来的页面。 */
export const wechatMobileLabels = {
  'errors.wechat.link_gone': '这个链接已经失效,或者别人已经打开过。请在公众号里重新获取',
  'mobile.wechat.title': '用微信收通知',
  'mobile.wechat.ask': '把办理进度发到这个微信?',
  'mobile.wechat.who': '微信{address} → {name}的账户',
  'mobile.wechat.what':
    '通知里只有事情的编号和进展,没有姓名、电话和住址。随时可以在“怎么通知我”里取消;取消关注也会停发。',
  'mobile.wechat.careful':
    '只有您刚才自己在公众号里点了绑定,才确认。链接是别人发给您的,请不要确认:通知会发到那个人的微信。',
  'mobile.wechat.confirm': '确认,发到这个微信',
  'mobile.wechat.refuse': '不是我要的',
  'mobile.wechat.done': '好了,这个微信可以收通知了',
  'mobile.wechat.doneText': '按您设的先后顺序发:前一种没送到,才用后一种。顺序和夜里不打扰的时间可以改。',
  'mobile.wechat.settings': '怎么通知我',
  'mobile.wechat.gone': '链接失效了',
  'mobile.wechat.goneText': '链接只能用一次,而且很快过期。请在公众号里发“绑定”,再点新的链接。',
  'mobile.wechat.words': '您在公众号里写的话已经填好,请选地点',
  'mobile.wechat.wordsGone': '公众号里写的话没能带过来:链接已经失效。请再写一遍',
} as const;
