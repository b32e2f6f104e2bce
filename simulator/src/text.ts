import type { Random } from './random.ts';

/** One reading of a template: `{a|b{c|d}}` picks one alternative at every brace, inner ones too. */
export function say(template: string, random: Random): string {
  let at = 0;
  const until = (isInside: boolean): string => {
    const alternatives = [''];
    while (at < template.length) {
      const character = template[at++]!;
      if (character === '{') alternatives[alternatives.length - 1] += until(true);
      else if (isInside && character === '|') alternatives.push('');
      else if (isInside && character === '}') return random.pick(alternatives);
      else alternatives[alternatives.length - 1] += character;
    }
    if (isInside) throw new SyntaxError(`a brace is not closed in "${template}"`);
    return alternatives.join('');
  };
  return until(false);
}

export function sayOne(templates: readonly string[], random: Random): string {
  return say(random.pick(templates), random);
}
