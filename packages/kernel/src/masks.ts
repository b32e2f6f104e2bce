/** What others see of a person. Masks are for display; the full value lives encrypted (architecture.md, rule 10). */

/** The first character of each word and a star for each of the others: 'John Smith' is 'J*** S****', '' stays ''. */
export function maskName(name: string): string {
  const text = name.trim();
  if (text === '') return '';
  return text
    .split(/\s+/u)
    .map((word) => {
      const characters = [...word];
      // A lone character still hides nothing behind it, so say that something is hidden.
      return characters[0]! + '*'.repeat(Math.max(1, characters.length - 1));
    })
    .join(' ');
}

/** '13812345678' → '138****5678'; a shorter number keeps its last two digits; spaces, dashes and +86 are ignored. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\s*\+86/, '').replace(/\D/g, '');
  if (digits === '') return '';
  if (digits.length >= 8) {
    const head = digits.length >= 11 ? 3 : 2;
    return digits.slice(0, head) + '*'.repeat(digits.length - head - 4) + digits.slice(-4);
  }
  if (digits.length <= 2) return '*'.repeat(digits.length);
  return '*'.repeat(digits.length - 2) + digits.slice(-2);
}
