/** Why somebody's name and phone were shown: chosen at the desk, read by the person. */
export const peopleSharedLabels = {
  'purposes.callback': '打回访电话',
  'purposes.visit': '约上门时间',
  'purposes.clarify': '问清报事的情况',
  'purposes.verify_identity': '核对身份',
  'purposes.correct_record': '核对登记的资料',
  'purposes.emergency': '紧急情况联系',
  'purposes.authority': '有关部门依法查询',
  'purposes.export': '按本人要求给出资料',
  'purposes.other': '其他',
} as const;
