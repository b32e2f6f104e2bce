/** Refusals of the pages about other software, and what it is called. */
export const open311ErrorLabels = {
  'errors.open311.category_not_publishable': '家里的、保密的和内部的事项不能对外公开',
  'errors.open311.stale': '刚刚有人改过,已为您更新。请看一眼再改',
  'errors.open311.not_published': '这张工单还没有对外公开,暂时不能写公开说明',
  'errors.open311.attribute_invalid': '有一个问题填得不完整,请检查',
  'errors.open311.sender_unknown': '没有留下报事人的联系方式,或者已到期删除',
  'fieldErrors.code_twice': '代码重复了',
  'fieldErrors.values_missing': '选择题至少要有一个选项',
  'fieldErrors.values_unused': '只有选择题才有选项',
  'fieldErrors.value_twice': '选项的代码重复了',
  'fieldErrors.text_required': '只显示的文字不能要求回答',
  'roles.open311': '外部应用',
} as const;
