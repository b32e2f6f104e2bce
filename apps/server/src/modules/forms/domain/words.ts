import beginnings from '../catalogue/beginnings.json' with { type: 'json' };

/**
 * A question as it is recognised again: paper writes the same one with and without blanks, brackets for the unit, colons,
 * full-width letters and a polite beginning. Two questions with the same words are the same question.
 */
const brackets = /\([^()]*\)|\[[^[\]]*\]/g;
const marks = /[\p{P}\p{S}\p{Z}\s]+/gu;

export function normalised(words: string): string {
  const plain = words.normalize('NFKC').toLowerCase();
  const bare = plain.replace(brackets, '').replace(marks, '');
  // What stands wholly in brackets, or is a beginning and nothing else, is asked all the same.
  let kept = bare === '' ? plain.replace(marks, '') : bare;
  for (;;) {
    const beginning = beginnings.find((one) => kept.startsWith(one) && kept !== one);
    if (beginning === undefined) return kept;
    kept = kept.slice(beginning.length);
  }
}
