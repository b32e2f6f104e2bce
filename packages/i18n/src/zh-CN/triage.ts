/** What the desk's own decisions suggest for a report: category and whose it is. */
export const triageLabels = {
  'triage.title': '系统建议',
  'triage.sure': '把握 {share}',
  'triage.because': '依据：{words}',
  'triage.unit': '归谁办：{unit}',
  'triage.taught': '学自本市前台处理过的 {count} 件，{date}',
} as const;
