/** 派单:师傅手机上的班次和抢单。 */
export const dispatchMobileLabels = {
  'mobile.shift.on': '在班,到 {until}',
  'mobile.shift.standby': '备勤,到 {until}',
  'mobile.shift.next': '下一班:{from}',
  'mobile.shift.away': '请假中',
  'mobile.shift.none': '近几天没有排班',
} as const;
