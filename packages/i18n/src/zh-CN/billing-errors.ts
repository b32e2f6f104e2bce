/** 收费的拒绝。 */
export const billingErrorLabels = {
  'errors.billing.invalid': '这里填得不对,什么都没有改',
  'errors.billing.too_long': '这段时间的往来多于 {most} 笔,请选短一点的时间',
  'errors.billing.key_reused': '同一个编号已经用在别的地方,这次没有记',
  'errors.billing.not_settled': '这一项上没有收过这么多钱,什么都没有退',
  'errors.billing.run_exists': '这个月已经有一次出账,请打开那一次',
  'errors.billing.run_open': '这个小区还有一次出账没办完,先把它批准或作废',
  'errors.billing.run_not_ready': '这次出账现在不能这样办,请刷新看看它到哪一步了',
  'errors.billing.needs_second_person': '自己提的要请另一位来批准',
  'errors.billing.stale': '别人刚改过,您写的还在。请看一眼再办',
  'errors.billing.formula': '这个公式算不了:{what}',
  'errors.billing.billed_before': '这一项已经出过账',
  'errors.billing.line_voided': '这一项已经作废了',
  'errors.billing.correction_open': '这一项的更正正等着批准,先把那一件办完',
  'errors.billing.correction_over': '这一件更正已经办过了,请刷新看看',
  'fieldErrors.bill_share': '同一时间加起来不能超过全部,最多还能写 {percent}%',
  'fieldErrors.bill_range': '要晚于 {day}',
} as const;
