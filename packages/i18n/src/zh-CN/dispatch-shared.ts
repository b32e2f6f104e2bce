/** 派单:两边都要说的话。 */
export const dispatchSharedLabels = {
  'errors.dispatch.stale': '班次刚被别人改过,请刷新后再改',
  'errors.dispatch.span_wrong': '起止时间不对:结束要晚于开始,一个班不超过 24 小时,加班不超过 12 小时',
  'errors.dispatch.shift_overlaps': '前一天的班还没下,后一天的班就开始了',
  'errors.dispatch.no_shift_that_day': '这天本来就没有班',
  'errors.dispatch.already_on_shift': '这段时间已经有班了',
  'errors.dispatch.same_person': '不能和自己换班',
  'errors.dispatch.person_unknown': '项目部没有这个人,或者已经离职',
  'errors.dispatch.pattern_unknown': '没有这个班次,或者已经停用',
  'errors.dispatch.place_unknown': '这个小区或网格不归本项目部',
  'errors.dispatch.day_changed_already': '这天的班已经休了或者换出去了',
  'errors.dispatch.not_on_shift': '不在班,不记位置',
  'dispatch.duty.on': '在班',
  'dispatch.duty.standby': '备勤',
  'dispatch.duty.off': '不在班',
  'dispatch.duty.away': '请假',
  'dispatch.duty.unplanned': '没排班',
} as const;
