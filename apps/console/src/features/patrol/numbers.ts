/** A whole number as it was typed, within its bounds; null: not one. */
export function wholeWithin(text: string, least: number, most: number): number | null {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most ? number : null;
}
