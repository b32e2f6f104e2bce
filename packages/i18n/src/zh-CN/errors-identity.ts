/** Refusals of sign-in and of the own account. */
export const identityErrorLabels = {
  'errors.auth.phone_invalid': '手机号不对,请输入 11 位的手机号',
  'errors.auth.password_weak': '这个密码太容易被猜到,请换一个至少 {least} 个字符的',
  'errors.auth.password_staff_only': '密码登录只给工作人员用,请用验证码登录',
  'errors.auth.membership_unknown': '您没有这个身份,或者它已经到期',
  'errors.auth.membership_none': '这个手机号还没有登记住处或岗位,请联系物业前台',
  'errors.auth.persona_unknown': '没有这个演示身份',
  'fieldErrors.phone': '请输入 11 位的手机号',
  'fieldErrors.short': '太短了',
  'fieldErrors.long': '太长了',
  'fieldErrors.common': '太常见,容易被猜到',
} as const;
