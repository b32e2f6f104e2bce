/** 健康码:拒绝的话。 */
export const healthSharedLabels = {
  'errors.access.health_not_asked': '现在没有措施要求出示健康码，不用申报',
  'errors.access.health_unknown': '健康码服务还没有您的信息，请先申报',
  'errors.access.health_unavailable': '健康码服务没有回应，请稍后再试；到门口可直接找门岗',
  'errors.access.too_many_health_codes': '取得太勤了，请过 {retryAfterSeconds} 秒再试',
} as const;
