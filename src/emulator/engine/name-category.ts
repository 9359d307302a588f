import type { PhiCategory } from './phi-category.ts';

/** Whether the category is one of persons. */
export function isNameCategory(category: PhiCategory): boolean {
  return category === 'Patient' || category === 'Doctor';
}
