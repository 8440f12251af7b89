import { quantityPattern } from '../scalars.ts';
import { place, show, type Mistake, type Translation } from './translation.ts';

/** What a quantity looks like. */
export const quantityHint = 'a quantity is a number with an optional unit, as in 500m, 1.5, 128Mi or 1G';

const quantity = new RegExp(quantityPattern);

/** Whether a pattern is that of a quantity, ours or the one that controller-gen writes into definitions. */
export function isQuantityPattern(pattern: unknown): boolean {
  return (
    pattern === quantityPattern ||
    (typeof pattern === 'string' && pattern.startsWith('^(\\+|-)?') && pattern.includes('[KMGTPE]i'))
  );
}

/** A value that is no quantity. */
export function notQuantity(mistake: Mistake): Translation {
  return {
    pointer: mistake.error.instancePath,
    message: `${place(mistake)} is ${show(mistake, mistake.value)}, which is not a quantity`,
    hint: meant(String(mistake.value)) ?? quantityHint,
  };
}

/** What somebody meant who wrote a unit of everyday life: `512 MB`, `1gb`, `100 m`. */
function meant(text: string): string | undefined {
  const [, number, unit = '', binary = ''] = /^\s*([+-]?[\d.]+)\s*([kmgtpe]?)(i?)b?\s*$/i.exec(text) ?? [];
  if (number === undefined) return undefined;
  const letter = unit.toUpperCase();
  const inThousands = number + (letter === 'K' ? 'k' : letter);
  const candidates =
    unit === 'm'
      ? [`${number}m`, `${number}Mi`]
      : unit === ''
        ? [number]
        : [`${number}${letter}i`, ...(binary === '' ? [inThousands] : [])];
  const valid = candidates.filter((candidate) => quantity.test(candidate));
  if (valid.length === 0) return undefined;
  return `did you mean ${valid.map((candidate) => `"${candidate}"`).join(' or ')}?`;
}
