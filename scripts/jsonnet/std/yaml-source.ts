/** Text that is no YAML, or none that becomes JSON. */
export class YamlMistake extends Error {
  override readonly name = 'YamlMistake';
}

/** A document that is being read. */
export interface Source {
  text: string;
  at: number;
  anchors: Map<string, unknown>;
}

export function open(text: string): Source {
  return { text, at: 0, anchors: new Map() };
}

export function mistake(source: Source, message: string): YamlMistake {
  const line = source.text.slice(0, source.at).split('\n').length;
  return new YamlMistake(`yaml: line ${line}: ${message}`);
}

/** Refuses a scalar without quotes that begins with a sign which YAML keeps for itself. */
export function checkPlainStart(source: Source): void {
  if (/^[,[\]{}%@`|>]/.test(peek(source))) throw mistake(source, 'found character that cannot start any token');
}

export function peek({ text, at }: Source): string {
  return text[at] ?? '';
}

/** How far from the beginning of its line the position is. */
export function columnOf({ text, at }: Source): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

export function skipSpaces(source: Source): void {
  while (peek(source) === ' ' || peek(source) === '\t') source.at++;
}

/** Skips the rest of a line if it is empty or a comment, and further such lines. Whether there was a line break. */
export function skipToContent(source: Source): boolean {
  let broke = false;
  for (;;) {
    skipSpaces(source);
    if (peek(source) === '#') while (peek(source) !== '\n' && peek(source) !== '') source.at++;
    if (peek(source) !== '\n') return broke;
    source.at++;
    broke = true;
  }
}

/** Whether a document ends at the beginning of this line. */
export function atDocumentEnd(source: Source): boolean {
  return columnOf(source) === 0 && /^(?:\.\.\.|---)(?:\s|$)/.test(source.text.slice(source.at, source.at + 4));
}

/** Whether what stands here is followed by white space or nothing. */
export function endsWord(source: Source, length: number): boolean {
  return /^(?:[ \t\n]|$)/.test(source.text.slice(source.at + length, source.at + length + 1));
}

/** Skips line breaks with the spaces after them: what they are in a scalar, a space or line breaks less one. */
export function folded(source: Source): string {
  let breaks = 0;
  while (peek(source) === '\n') {
    source.at++;
    breaks++;
    skipSpaces(source);
  }
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
}

/** Whether what began at `from` and ends here may be a key that no `?` marks: one line, and no long one. */
export function isSimpleKey({ text, at }: Source, from: number): boolean {
  return at - from <= 1024 && !text.slice(from, at).includes('\n');
}

export function lineEnd({ text, at }: Source): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** An anchor, an alias or a tag. */
export function readWord(source: Source): string {
  const [word] = /^[^\s,[\]{}]+/.exec(source.text.slice(source.at))!;
  if (word === '&' || word === '*') throw mistake(source, 'did not find expected alphabetic or numeric character');
  source.at += word.length;
  return word;
}

/** The value of an anchor. */
export function readAlias(source: Source): unknown {
  const name = readWord(source).slice(1);
  if (!source.anchors.has(name)) throw mistake(source, `unknown anchor '${name}' referenced`);
  return source.anchors.get(name);
}
