/** What is typed about a rule, as numbers; null while it is none. Pure. */

export function readSeconds(text: string): number | null {
  const value = Number(text.trim());
  return /^\d{1,6}$/.test(text.trim()) && value <= 604_800 ? value : null;
}

export function readNumber(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) ? value : null;
}

export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

export function minutesOf(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}
