/** The page behind the WeChat account's link. */
export const wechatMobileLabels = {
  'errors.wechat.link_gone':
    'This link no longer works, or somebody else has opened it. Ask the WeChat account for a new one',
  'mobile.wechat.title': 'Get told by WeChat',
  'mobile.wechat.ask': 'Send news of your reports to this WeChat?',
  'mobile.wechat.who': 'WeChat {address} → the account of {name}',
  'mobile.wechat.what':
    'Messages say the number of a matter and how far it is: no name, no phone, no address. Stop them any time under “How to tell me”, or by unfollowing the account.',
  'mobile.wechat.careful':
    'Confirm only if you yourself asked for this in WeChat just now. If somebody sent you the link, do not: the messages would go to that person.',
  'mobile.wechat.confirm': 'Yes, send them to this WeChat',
  'mobile.wechat.refuse': 'I did not ask for this',
  'mobile.wechat.done': 'Done: this WeChat can be told now',
  'mobile.wechat.doneText':
    'Messages go by the order you set: the next way is used when the one before did not arrive. Change the order and your quiet hours here.',
  'mobile.wechat.settings': 'How to tell me',
  'mobile.wechat.gone': 'This link no longer works',
  'mobile.wechat.goneText':
    'It works once and not for long. Write “bind” to the WeChat account and open the new link.',
  'mobile.wechat.words': 'What you wrote in WeChat is filled in; choose the place',
  'mobile.wechat.wordsGone':
    'What you wrote in WeChat could not be brought over: the link no longer works. Please write it again',
} as const;
