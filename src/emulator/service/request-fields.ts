import type { WireError } from '../../wire/error-body.ts';
import { createValidationFailure } from './service-failure.ts';

/**
 * Reads a request body as the service does: property names and enumeration values in any case,
 * unknown properties ignored, every problem collected as a `FieldInvalid` with its path.
 */
export interface RequestFields {
  section(name: string): RequestFields | undefined;
  sections(name: string): RequestFields[] | undefined;
  text(name: string, limits?: { min?: number; max?: number }): string | undefined;
  texts(name: string): string[] | undefined;
  flag(name: string): boolean | undefined;
  count(name: string): number | undefined;
  choice<T extends string>(name: string, values: readonly T[]): T | undefined;
  /** Notes that `name` is missing when it is absent or null. */
  require(name: string): void;
  /** Notes that `name` is invalid. */
  refuse(name: string, message: string): void;
}

/** `read` applied to the fields of `json`; throws the 400 that lists every problem it met. */
export function readFields<T>(json: unknown, read: (fields: RequestFields) => T): T {
  const problems: WireError[] = [];
  if (!isObject(json)) throw createValidationFailure([]);
  const value = read(createFields(json, '', problems));
  if (problems.length > 0) throw createValidationFailure(problems);
  return value;
}

function createFields(json: object, path: string, problems: WireError[]): RequestFields {
  const properties = new Map(
    Object.entries(json).map(([name, value]) => [name.toLowerCase(), value as unknown]),
  );

  const refuse = (name: string, message: string): undefined => {
    problems.push({ code: 'FieldInvalid', message, target: `${path}${name}` });
  };

  /** The value of `name` when `fits`; a value that does not fit is a problem, null is absence. */
  const take = <T>(
    name: string,
    fits: (value: unknown) => value is T,
    what: string,
  ): T | undefined => {
    const value = properties.get(name.toLowerCase()) ?? undefined;
    if (value === undefined || fits(value)) return value;
    return refuse(name, `${name} must be ${what}.`);
  };

  return {
    refuse,
    require(name) {
      if ((properties.get(name.toLowerCase()) ?? undefined) === undefined) {
        refuse(name, `The ${name} field is required.`);
      }
    },
    section(name) {
      const value = take(name, isObject, 'an object');
      return value && createFields(value, `${path}${name}.`, problems);
    },
    sections(name) {
      const values = take(name, isListOf(isObject), 'a list of objects');
      return values?.map((value, index) =>
        createFields(value, `${path}${name}[${index}].`, problems),
      );
    },
    text(name, { min = 0, max = Number.POSITIVE_INFINITY } = {}) {
      const value = take(name, isText, 'a string');
      if (value === undefined || (value.length >= min && value.length <= max)) return value;
      return refuse(name, `${name} must have ${min} to ${max} characters.`);
    },
    texts: (name) => take(name, isListOf(isText), 'a list of strings'),
    flag: (name) => take(name, (value) => typeof value === 'boolean', 'a boolean'),
    count: (name) => take(name, isCount, 'a whole number'),
    choice(name, values) {
      const value = take(name, isText, 'a string');
      if (value === undefined) return undefined;
      const found = values.find((known) => known.toLowerCase() === value.toLowerCase());
      return found ?? refuse(name, `${name} must be one of ${values.join(', ')}.`);
    },
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isListOf<T>(fits: (value: unknown) => value is T): (value: unknown) => value is T[] {
  return (value): value is T[] => Array.isArray(value) && value.every(fits);
}
