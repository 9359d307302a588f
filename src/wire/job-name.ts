/** Longest job name that the service takes (swagger 2024-11-15). */
export const MAX_JOB_NAME_LENGTH = 36;

const JOB_NAME = /^[a-zA-Z0-9][a-zA-Z0-9-_]+[a-zA-Z0-9]$/;

/** Whether the service takes `name` as the name of a job: 3 to 36 letters, digits, `-` and `_`. */
export function isJobName(name: string): boolean {
  return name.length >= 3 && name.length <= MAX_JOB_NAME_LENGTH && JOB_NAME.test(name);
}
