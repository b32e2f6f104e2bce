/** The phone after the work: rating, the answer to it, several things from one report. */
export const mobileAfterWorkLabels = {
  'mobile.headline.split': '分成几件,分别办理',
  'mobile.rate.more': '再说细一点:快慢、态度、手艺、照片',
  'mobile.rate.answer': '评价和回复',
  'mobile.rate.reply': '物业回复:{text}',
  'mobile.related.title': '相关的事',
  'mobile.related.parts': '分成 {count} 件',
  'mobile.related.merged': '和另一单是同一件事,已并到一起办。有进展会告诉您。',
  'mobile.ratings.title': '大家的评价',
  'mobile.ratings.days': '最近 {days} 天',
  'mobile.ratings.from': '办完 {done} 件,{rated} 件有评价',
  'mobile.ratings.few': '评价还不到 {count} 个,先不显示:人太少就等于说出是谁',
  'mobile.ratings.overall': '总的来说',
  'mobile.ratings.never': '这里只有总数,不显示是谁评的;保密的投诉不算在内',
  'mobile.ratings.share': '{name}:{satisfied} 个满意,{basically} 个基本满意,{unsatisfied} 个不满意',
} as const;
