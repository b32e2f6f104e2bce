/** The phone after the work: rating, the answer to it, several things from one report. */
export const mobileAfterWorkLabels = {
  'mobile.headline.split': '分成几件,分别办理',
  'mobile.rate.more': '再说细一点:快慢、态度、手艺、照片',
  'mobile.rate.answer': '评价和回复',
  'mobile.rate.reply': '物业回复:{text}',
  'mobile.related.title': '相关的事',
  'mobile.related.parts': '分成 {count} 件',
  'mobile.related.merged': '和另一单是同一件事,已并到一起办。有进展会告诉您。',
} as const;
