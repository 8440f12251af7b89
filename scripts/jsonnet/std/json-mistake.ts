// Says what is wrong with JSON text in the words of Go's encoding/json. Only used on text that JSON.parse refused.

/** The first mistake. */
export function jsonMistake(text: string): string {
  const reader = { text, at: 0 };
  const mistake = value(reader) ?? rest(reader);
  return mistake ?? 'unexpected end of JSON input';
}

interface Reader {
  text: string;
  at: number;
}

function skipSpace(reader: Reader): string | undefined {
  while (' \t\r\n'.includes(reader.text[reader.at] ?? 'x')) reader.at++;
  return current(reader);
}

function current({ text, at }: Reader): string | undefined {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : undefined;
}

function unexpected(reader: Reader, where: string): string {
  const found = current(reader);
  return found === undefined ? 'unexpected end of JSON input' : `invalid character ${quoteCharacter(found)} ${where}`;
}

function quoteCharacter(character: string): string {
  if (character === "'") return `'\\''`;
  if (character === '"') return `'"'`;
  const quoted = JSON.stringify(character).slice(1, -1);
  return `'${quoted.replace(/^\\u00([0-9a-f]{2})$/, '\\x$1')}'`;
}

function rest(reader: Reader): string | undefined {
  return skipSpace(reader) === undefined ? undefined : unexpected(reader, 'after top-level value');
}

function value(reader: Reader): string | undefined {
  const first = skipSpace(reader);
  if (first === '{') return object(reader);
  if (first === '[') return array(reader);
  if (first === '"') return string(reader);
  if (first !== undefined && /[-0-9]/.test(first)) return number(reader);
  for (const word of ['true', 'false', 'null']) if (word[0] === first) return literal(reader, word);
  return unexpected(reader, 'looking for beginning of value');
}

function literal(reader: Reader, word: string): string | undefined {
  for (const letter of word) {
    if (current(reader) !== letter) return unexpected(reader, `in literal ${word} (expecting '${letter}')`);
    reader.at++;
  }
  return undefined;
}

function number(reader: Reader): string | undefined {
  const digits = (): boolean => {
    const from = reader.at;
    while (/[0-9]/.test(current(reader) ?? '')) reader.at++;
    return reader.at > from;
  };
  if (current(reader) === '-') reader.at++;
  if (current(reader) === '0') reader.at++;
  else if (!digits()) return unexpected(reader, 'in numeric literal');
  if (current(reader) === '.') {
    reader.at++;
    if (!digits()) return unexpected(reader, 'after decimal point in numeric literal');
  }
  if (/[eE]/.test(current(reader) ?? '')) {
    reader.at++;
    if (/[-+]/.test(current(reader) ?? '')) reader.at++;
    if (!digits()) return unexpected(reader, 'in exponent of numeric literal');
  }
  return undefined;
}

function string(reader: Reader): string | undefined {
  reader.at++;
  for (let one = current(reader); one !== '"'; one = current(reader)) {
    if (one === undefined || one < ' ') return unexpected(reader, 'in string literal');
    reader.at += one.length;
    if (one !== '\\') continue;
    const escape = current(reader);
    if (escape === undefined || !'"\\/bfnrtu'.includes(escape)) return unexpected(reader, 'in string escape code');
    reader.at++;
    for (let digit = 0; escape === 'u' && digit < 4; digit++) {
      if (!/[0-9a-fA-F]/.test(current(reader) ?? '')) return unexpected(reader, 'in \\u hexadecimal character escape');
      reader.at++;
    }
  }
  reader.at++;
  return undefined;
}

function array(reader: Reader): string | undefined {
  reader.at++;
  if (skipSpace(reader) === ']') return void reader.at++;
  for (;;) {
    const mistake = value(reader);
    if (mistake !== undefined) return mistake;
    const next = skipSpace(reader);
    if (next !== ',' && next !== ']') return unexpected(reader, 'after array element');
    reader.at++;
    if (next === ']') return undefined;
  }
}

function object(reader: Reader): string | undefined {
  reader.at++;
  if (skipSpace(reader) === '}') return void reader.at++;
  for (;;) {
    if (skipSpace(reader) !== '"') return unexpected(reader, 'looking for beginning of object key string');
    const mistakeInKey = string(reader);
    if (mistakeInKey !== undefined) return mistakeInKey;
    if (skipSpace(reader) !== ':') return unexpected(reader, 'after object key');
    reader.at++;
    const mistake = value(reader);
    if (mistake !== undefined) return mistake;
    const next = skipSpace(reader);
    if (next !== ',' && next !== '}') return unexpected(reader, 'after object key:value pair');
    reader.at++;
    if (next === '}') return undefined;
  }
}
