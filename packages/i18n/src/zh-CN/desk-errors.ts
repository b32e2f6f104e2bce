/** Refusals of the desk's own tools; both apps may meet them. */
export const deskErrorLabels = {
  'errors.desk.stale': '这里刚被别人改过,已是第 {version} 版。您写的还在,看一眼再保存',
  'fieldErrors.placeholder': '没有叫“{name}”的占位',
} as const;
