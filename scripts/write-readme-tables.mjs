// Writes the README's tables of options and error codes from the code. With --check it only
// compares, and exits 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { ERROR_CODES } from '../dist/errors/codes.js';
import { flagOf, OPTION_KEYS, specOf, variableOf } from '../dist/options/specs.js';

const readme = new URL('../README.md', import.meta.url);
const tables = { options: renderOptions(), errors: renderErrors() };

const before = readFileSync(readme, 'utf8');
let after = before;
for (const [name, table] of Object.entries(tables)) {
  const section = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!section.test(after)) throw new Error(`The README has no section ${name}.`);
  after = after.replace(section, (_, start, end) => `${start}${table}\n${end}`);
}

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('The README is not up to date: npm run docs');
    process.exitCode = 1;
  }
} else {
  writeFileSync(readme, after);
}

function renderOptions() {
  const rows = OPTION_KEYS.map((key) => {
    const spec = specOf(key);
    const value = spec.placeholder ? ` ${spec.placeholder}` : '';
    const variables = [variableOf(key), ...(spec.alsoEnv ?? [])];
    return [
      `\`${flagOf(key)}${value}\`${spec.repeatable ? ', repeatable' : ''}`,
      escapeCell(spec.description),
      describeDefault(spec),
      variables.map((variable) => `\`${variable}\``).join(' '),
    ];
  });
  return renderTable(['option', 'meaning', 'default', 'environment'], rows);
}

function describeDefault({ default: value }) {
  if (value === undefined) return 'required';
  if (value === '' || value === false || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${value}\``;
}

function renderErrors() {
  const rows = Object.entries(ERROR_CODES).map(([code, [exitCode, when]]) => [
    `\`${code}\``,
    String(exitCode),
    escapeCell(when),
  ]);
  return renderTable(['code', 'exit', 'when'], rows);
}

function renderTable(heading, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

function escapeCell(text) {
  return text.replaceAll('|', '\\|').replaceAll('*', '\\*');
}
