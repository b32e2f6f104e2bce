/** 门岗:拒绝的话。 */
export const guardSharedLabels = {
  'errors.access.pairing_unknown': '配对码不对,或已经过期。请经理再给一个',
  'errors.access.too_many_searches': '一小时最多查 {limit} 次,请住户自己确认,或问经理',
  'gate.say.no_list': '请看纸质名单',
  'gate.remedy.no_list': '这台手机没有可用的名单:看纸质名单,或请住户当面确认。',
  'fieldErrors.last_four': '手机号的最后四位数字',
  'fieldErrors.home': '写全楼、单元和室,例如 3-2-601',
} as const;
