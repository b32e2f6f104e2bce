/** The phone's page of the own data: who looked at it. */
export const myDataLabels = {
  'myData.title': '我的资料',
  'myData.seen': '谁看过我的资料',
  'myData.seenText': '工作人员要看您的全名和电话,得先写明为了什么。每看一次,这里就记一条。',
  'myData.none': '没有人看过',
  'myData.noneText': '平时大家看到的都是遮住的姓名和电话。',
  'myData.by': '{organisation} · {role}',
  'myData.at': '{when} · {place}',
} as const;
