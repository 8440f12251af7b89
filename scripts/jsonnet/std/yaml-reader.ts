// YAML as go-jsonnet reads it: a stream is cut at lines that begin with `---`, and of each piece the first document counts.
// Types are those of YAML 1.1, keys become strings, as Go's yaml packages do it for Kubernetes.
import { readBlock } from './yaml-block.ts';
import { checkRest } from './yaml-rest.ts';
import { mistake, open, peek, skipToContent, YamlMistake } from './yaml-source.ts';

export { YamlMistake };

/** The documents of a stream, or the one document of a text without `---`. Null when there is nothing. */
export function readYaml(text: string): unknown {
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/.test(text)) {
    throw new YamlMistake('yaml: control characters are not allowed');
  }
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const pieces: string[][] = [];
  let isStream = false;
  for (const line of lines) {
    const starts = /^---(?:[ \t]|$)/.test(line);
    isStream ||= starts;
    if (starts || pieces.length === 0) pieces.push([]);
    pieces.at(-1)!.push(line);
  }
  const documents = pieces.map((piece) => readDocument(`${piece.join('\n')}\n`));
  if (documents.length === 0) return null;
  return isStream ? documents : documents[0];
}

function readDocument(text: string): unknown {
  const source = open(text);
  skipToContent(source);
  // The cut at `---` has taken the document from it.
  if (peek(source) === '%') throw mistake(source, 'a directive without a document');
  if (/^---(?:[ \t\n]|$)/.test(source.text.slice(source.at, source.at + 4))) source.at += 3;
  const value = readBlock(source, -1);
  checkRest(source);
  return value;
}
