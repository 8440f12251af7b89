import type { SettingRow } from './reference.ts';

/** The default of one setting in each profile. */
export type Defaults = { profile: string; row: SettingRow | undefined }[];

/** A Markdown table of settings, ending in a newline. `defaults(path)` gives the same setting in every profile. */
export function settingsTable(rows: readonly SettingRow[], defaults: (path: string) => Defaults): string {
  const lines = rows.map((row) => {
    const cells = [
      code(row.path),
      words(row.type),
      row.required ? '**required**' : defaultCell(defaults(row.path)),
      words(row.help),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return ['| setting | type | default | what it is |', '| --- | --- | --- | --- |', ...lines, ''].join('\n');
}

/** One value where the profiles agree, else one per profile. */
function defaultCell(defaults: Defaults): string {
  const known = defaults.filter(({ row }) => row !== undefined && 'default' in row);
  const texts = known.map(({ profile, row }) => ({ profile, text: valueText(row!.default) }));
  const first = texts[0];
  if (first === undefined) return '';
  if (texts.every(({ text }) => text === first.text)) return first.text;
  return texts.map(({ profile, text }) => `${text} (${profile})`).join('<br>');
}

/** Longest value that a cell shows in full; what is longer is better read in the library. */
const longest = 80;

function valueText(value: unknown): string {
  const text = jsonnet(value);
  if (text.length <= longest) return code(text);
  if (Array.isArray(value)) return `${value.length} entries`;
  return typeof value === 'string' ? 'a longer text' : `an object with ${Object.keys(value as object).length} fields`;
}

/** A value as one would write it in Jsonnet, on one line. */
function jsonnet(value: unknown): string {
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (Array.isArray(value)) return `[${value.map(jsonnet).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, inner]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : `'${key}'`}: ${jsonnet(inner)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** Angle brackets would be HTML, a bar would end the cell; what stands in backquotes is shown as it is. */
function words(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('*', '\\*')))
    .join('')
    .replaceAll('|', '\\|');
}
