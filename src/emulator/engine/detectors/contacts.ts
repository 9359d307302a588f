import { type Candidate, collectMatches } from '../candidate.ts';

const email =
  /(?<![\w.+-])[\w+%](?:[\w.+%-]{0,63}[\w])?@[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{1,40}){1,5}(?<![.-])/g;
const urlWithScheme = /\b(?:https?|ftp):\/\/[\w.~:/?#@!$&*+=%-]{1,400}[\w/#=]/gi;
const urlWithoutScheme =
  /(?<![\w@.-])(?:www\.)?(?:[a-z0-9][a-z0-9-]{0,40}\.){1,4}(?:com|org|net|edu|gov|io|info|health|care|us|co)\b(?!\.[A-Za-z])(?:\/[\w.~:/?#@!$&*+=%-]{0,300}[\w/#=])?(?!@)/gi;
const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ipv4 = new RegExp(
  `(?<![\\w.-]|version |ver )${octet}(?:\\.${octet}){3}(?![\\w-]|\\.\\d)`,
  'gi',
);
const ipv6 =
  /(?<![\w:.])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?)(?![\w:])/gi;

/** Addresses on a network: their form alone proves them. */
export function detectContacts(view: string): Candidate[] {
  return [
    ...(view.includes('@')
      ? collectMatches(view, email, { category: 'Email', score: 0.99, rule: 'email' })
      : []),
    ...collectMatches(view, urlWithScheme, { category: 'Url', score: 0.99, rule: 'url-scheme' }),
    ...collectMatches(view, urlWithoutScheme, { category: 'Url', score: 0.9, rule: 'url-bare' }),
    ...collectMatches(view, ipv4, { category: 'IPAddress', score: 0.97, rule: 'ipv4' }),
    ...collectMatches(view, ipv6, { category: 'IPAddress', score: 0.95, rule: 'ipv6' }),
  ];
}
