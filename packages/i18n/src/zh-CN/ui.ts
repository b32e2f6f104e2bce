/** Words that the shared components of packages/ui say by themselves; keys begin with 'ui.'. */
export const uiLabels = {
  'ui.close': '关闭',
  'ui.retry': '再试一次',
  'ui.resend': '重新发送',
  'ui.removePhoto': '删除{name}',
  'ui.failed': '没能打开',
  'ui.trace': '如需求助,请报编号 {trace}',
  'ui.offline': '没有网络,显示的是上次看到的内容',
  'ui.offlineWaiting': '没有网络,有 {count} 件事等着发送,联网后自动发出',
  'ui.dueSoon': '还剩 {span}',
  'ui.dueIn': '还剩 {span},{when}前',
  'ui.dueLate': '已超时 {span}',
  'ui.duePaused': '时钟已停,还剩 {span}',
} as const;
