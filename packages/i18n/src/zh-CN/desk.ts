/** Labels of the desk's own tools: saved filters, templates, catalogue, duty, calendar, history, print. */
export const deskLabels = {
  'desk.section.failed': '这一部分没能打开,其他的不受影响。刷新页面再试',
  'desk.keys.list': '在列表里',
  'desk.keys.order': '对一张工单',
  'desk.keys.page': '随处',
} as const;
