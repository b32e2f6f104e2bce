import type { Random } from './random.ts';

/** A template, taken apart once: texts, and choices between sequences of the same. */
type Piece = string | readonly (readonly Piece[])[];

const parsed = new Map<string, readonly Piece[]>();

function parse(template: string): readonly Piece[] {
  let at = 0;
  /** What follows up to the end, or up to the brace that closes it. */
  const until = (isInside: boolean): Piece[][] => {
    const alternatives: Piece[][] = [[]];
    let text = '';
    const endText = (): void => {
      if (text !== '') alternatives.at(-1)!.push(text);
      text = '';
    };
    while (at < template.length) {
      const character = template[at++]!;
      if (character === '{') {
        endText();
        alternatives.at(-1)!.push(until(true));
      } else if (isInside && character === '|') {
        endText();
        alternatives.push([]);
      } else if (isInside && character === '}') {
        endText();
        return alternatives;
      } else text += character;
    }
    if (isInside) throw new SyntaxError(`a brace is not closed in "${template}"`);
    endText();
    return alternatives;
  };
  return until(false)[0]!;
}

/** Every choice is drawn, also within what is not taken then: what comes after it does not depend on the lot. */
function read(pieces: readonly Piece[], random: Random): string {
  let text = '';
  for (const piece of pieces)
    text +=
      typeof piece === 'string' ? piece : random.pick(piece.map((alternative) => read(alternative, random)));
  return text;
}

/** One reading of a template: `{a|b{c|d}}` picks one alternative at every brace, inner ones too. */
export function say(template: string, random: Random): string {
  let pieces = parsed.get(template);
  if (pieces === undefined) {
    pieces = parse(template);
    parsed.set(template, pieces);
  }
  return read(pieces, random);
}

export function sayOne(templates: readonly string[], random: Random): string {
  return say(random.pick(templates), random);
}
