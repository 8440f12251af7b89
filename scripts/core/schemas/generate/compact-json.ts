/** JSON data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Beyond this many characters a value is spread over several lines. */
const lineLength = 120;

/**
 * Prints generated JSON: keys sorted, no indentation, and a line break only where a value would not fit on its line.
 * It stays within a few per cent of minified size, yet Git shows an upgrade line by line. Ends with a newline.
 */
export function compactJson(value: Json): string {
  return print(value).text + '\n';
}

interface Printed {
  text: string;
  broken: boolean;
}

function print(value: Json): Printed {
  if (value === null || typeof value !== 'object') {
    return { text: JSON.stringify(value), broken: false };
  }
  if (Array.isArray(value)) return enclose('[', value.map(print), ']');
  const fields = Object.keys(value)
    .sort()
    .map((key) => {
      const { text, broken } = print(value[key] as Json);
      return { text: `${JSON.stringify(key)}:${text}`, broken };
    });
  return enclose('{', fields, '}');
}

function enclose(open: string, parts: Printed[], close: string): Printed {
  const length = parts.reduce((sum, { text }) => sum + text.length + 1, 1);
  const broken = length > lineLength || parts.some((part) => part.broken);
  const separator = broken ? '\n' : '';
  const body = parts.map(({ text }) => text).join(`,${separator}`);
  return { text: open + separator + body + separator + close, broken };
}
