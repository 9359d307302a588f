import { describe, test } from 'vitest';
import { detectDates } from '../../../../src/emulator/engine/detectors/dates.ts';
import { expectFound } from './expect-found.ts';

describe('dates in many formats', () => {
  test.each<[text: string, ...found: string[]]>([
    ['on 11/02/2024 and 2023-06-19', 'Date:11/02/2024', 'Date:2023-06-19'],
    ['seen on 10/28 for', 'Date:10/28'],
    ['12-Jan-2025', 'Date:12-Jan-2025'],
    ['Nov 6th and November 23, 2024', 'Date:Nov 6th', 'Date:November 23, 2024'],
    ['on 01.27.22', 'Date:01.27.22'],
    ['the fall of 2019, May 2018', 'Date:the fall of 2019', 'Date:May 2018'],
    ['until 1991', 'Date:1991'],
    ['in April', 'Date:April'],
    ['calls on Sundays', 'Date:Sundays'],
    ['every Christmas', 'Date:Christmas'],
    ['expires 09/2025', 'Date:09/2025'],
    ['day-first 13/07/1970', 'Date:13/07/1970'],
    ['pain 7/10, BP 138/85, MMSE 24/30, today, 3 weeks, may improve, 4 to 7/10'],
  ])('%s', (text, ...found) => expectFound(detectDates, text, ...found));
});
