/** Refusals of what is entered about who lives where. */
export const peopleErrorLabels = {
  'errors.residence.stale': '这户的人口刚刚有了变化,已为您更新。请看一眼再操作',
  'errors.residence.person_unknown': '没找到这个人,请重新选或新填一位',
  'errors.residence.relation_unknown': '没找到这条居住关系,可能刚被更正',
  'errors.residence.end_not_after_start': '结束的日子要晚于开始的日子',
  'errors.residence.already_ended': '这条关系已经结束,不能再改结束的日子。登记错了请用“更正”',
  'errors.residence.overlap': '这个人在这段时间里已经是这样的关系了',
  'errors.residence.buyer_owns': '买方已经是这户唯一的业主',
  'errors.residence.owned_later': '这天以后已经登记了新业主,请按时间先后登记',
  'errors.residence.date_out_of_range': '日期不对:最早 1900 年,最晚三年以后',
  'errors.person.stale': '这个人的资料刚刚有人改过,已为您更新。请看一眼再改',
  'errors.person.nothing_corrected': '和现在登记的一样,没有要改的',
  'errors.person.entered_already': '已经有一位同名同电话的人。如果是同一个人,请用已登记的那一位',
  'errors.person.erased_already': '这个人的资料已经删除了',
  'errors.person.erasure_open_orders': '还有 {count} 件事没办完,要能联系到本人,办完后再删',
  'errors.person.erasure_lives_here': '现在(或将要)还住在这里,共 {count} 条居住关系。迁出后再删',
  'fieldErrors.too_little': '请输入姓名、拼音首字母、完整电话或电话后四位',
} as const;
