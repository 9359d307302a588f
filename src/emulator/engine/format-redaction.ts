import type { PhiCategory } from './phi-category.ts';

/**
 * What stands at the place of a redacted entity. `{type}`, `{Type}` and `{TYPE}` give the category
 * in that letter case; a character before `{len}` is repeated to the entity's length in characters.
 */
export function formatRedaction(format: string, category: PhiCategory, text: string): string {
  const length = [...text].length;
  return format
    .replace(/(.)\{len\}/su, (_, character: string) => character.repeat(length))
    .replace('{type}', () => category.toLowerCase())
    .replace('{Type}', () => category)
    .replace('{TYPE}', () => category.toUpperCase());
}
