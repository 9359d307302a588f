import { replaceCharacters } from './id-surrogate.ts';
import type { KeyedDigest } from './keyed-digest.ts';

const carByYear = /^(?:19|20)\d\d\b[^,]*/;
const cars = [
  'Ford Focus',
  'Honda Civic',
  'Toyota Corolla',
  'Nissan Altima',
  'Subaru Legacy',
] as const;

/** A plate or VIN of the same form; "2009 Buick" gives another car of another year. */
export function replaceVehicle(text: string, digest: KeyedDigest): string {
  const car = carByYear.exec(text)?.[0] ?? '';
  if (car === '') return replaceCharacters(text, 'Vehicle', digest);
  const random = digest.number('Vehicle', car);
  const year = Number(car.slice(0, 4)) - 1 - (random % 5);
  const numbers = text
    .slice(car.length)
    .replace(/[A-Z0-9]{4,}/g, (code) => replaceCharacters(code, 'Vehicle', digest));
  return `${year} ${cars[Math.floor(random / 5) % cars.length] ?? 'Ford Focus'}${numbers}`;
}
