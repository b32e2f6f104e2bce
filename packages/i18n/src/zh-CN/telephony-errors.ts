/** 电话:出错的话。 */
export const telephonyErrorLabels = {
  'errors.telephony.unsigned': '签名或时间不对,没有收下',
  'errors.telephony.no_desk': '电话线路属于项目部的前台,这里不是项目部',
  'errors.telephony.claimed': '{name} 正在回这个电话',
  'errors.telephony.done': '这个电话已经有人处理完了',
  'errors.telephony.not_claimed': '先点回电,再记结果',
  'errors.telephony.rang_again': '对方刚又打来过,请先看那一次',
  'errors.telephony.seat_moved': '您刚在别处坐到了一台分机前,请再试一次',
} as const;
