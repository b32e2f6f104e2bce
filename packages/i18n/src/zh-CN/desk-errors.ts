/** Refusals of the desk's own tools; both apps may meet them. */
export const deskErrorLabels = {
  'errors.desk.stale': '这里刚被别人改过,已是第 {version} 版。您写的还在,看一眼再保存',
  'events.work_order.dues_moved': '工作日历改了,剩下的时限已重新计算',
  'inbox.work_order.dues_moved': '“{title}”的时限按新的工作日历重新计算了',
  'fieldErrors.placeholder': '没有叫“{name}”的占位',
} as const;
