/** The phone's page of the own data: who looked at it. */
export const myDataLabels = {
  'myData.title': '我的资料',
  'myData.seen': '谁看过我的资料',
  'myData.seenText': '工作人员要看您的全名和电话,得先写明为了什么。每看一次,这里就记一条。',
  'myData.none': '没有人看过',
  'myData.noneText': '平时大家看到的都是遮住的姓名和电话。',
  'myData.by': '{organisation} · {role}',
  'myData.at': '{when} · {place}',
  'myData.all': '我的全部资料',
  'myData.allText': '姓名电话、住处、报过的事和说过的话、照片清单、委托,还有谁看过。',
  'myData.download': '下载',
  'myData.downloaded': '已下载',
  'myData.erase': '删除我的资料',
  'myData.eraseText':
    '搬走以后、报的事都办完了,可以请项目部删除您的姓名和电话,账号也会关闭。居住日期、报事的经过(不带姓名电话)和操作日志依法保留。',
} as const;
