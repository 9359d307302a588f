/** Months by number, 1 to 12. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Days by number, Monday first. */
export const weekdayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export const holidayNames = [
  'Christmas',
  'Thanksgiving',
  'Easter',
  'Halloween',
  'Labor Day',
  'Memorial Day',
  'Independence Day',
  'Veterans Day',
  "New Year's Day",
  "Mother's Day",
  "Father's Day",
  "Valentine's Day",
] as const;

/** Pattern sources, for expressions that ignore case. */
export const monthPattern =
  'jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?\\.?|july?\\.?|aug(?:ust|\\.)?|sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?';
export const weekdayPattern =
  '(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tues?|wed|thu(?:rs?)?|fri)\\.?';
export const seasonPattern = 'spring|summer|fall|autumn|winter';
export const holidayPattern =
  "christmas(?: eve| day)?|thanksgiving(?: day)?|easter(?: sunday)?|halloween|labor day|memorial day|independence day|fourth of july|veterans'? day|new year'?s?(?: eve| day)|mother'?s day|father'?s day|valentine'?s day|hanukkah|ramadan|diwali|passover|yom kippur|rosh hashanah|ash wednesday|good friday|st\\. patrick'?s day|cinco de mayo|mlk day|columbus day|presidents'? day|juneteenth|spring break|super bowl sunday|black friday|boxing day";
