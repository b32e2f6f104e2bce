/**
 * A common answer that is pressed: in place of another one that was only pressed, and after whatever was typed, which is never
 * written over.
 */
export function withPreset(text: string, preset: string, presets: readonly string[]): string {
  const typed = text.trim();
  if (typed === '' || presets.includes(typed)) return preset;
  return typed.includes(preset) ? text : `${typed}\n${preset}`;
}
