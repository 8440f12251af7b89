import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import { UsageError } from '../errors.ts';
import { isFields } from '../rules/values.ts';

/** Says for whom SOPS seals new files. It holds nothing secret and belongs into Git. */
export const sopsConfigName = '.sops.yaml';

/** The age recipients of the first rule that applies to a file, as SOPS chooses it; undefined when there is none. */
export function creationRecipients(root: string, file: string): string[] | undefined {
  const rules = readConfig(root).toJS()?.creation_rules;
  const rule = (Array.isArray(rules) ? rules : []).find(
    (one: unknown) => isFields(one) && (typeof one.path_regex !== 'string' || new RegExp(one.path_regex).test(file)),
  );
  if (rule === undefined) return undefined;
  const age: unknown = rule.age;
  return (Array.isArray(age) ? age : `${age ?? ''}`.split(','))
    .map((one) => `${one}`.trim())
    .filter((one) => one !== '');
}

/** Adds a rule for the secrets of every environment, behind those that are there. */
export function addCreationRule(root: string, environments: string, recipient: string): void {
  const document = readConfig(root);
  const folder = environments.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const rule = document.createNode({ path_regex: `^${folder}/[^/]+/secrets\\.sops\\.yaml$`, age: recipient });
  if (!isMap(document.contents)) document.contents = document.createNode({ creation_rules: [] }) as never;
  const rules = document.get('creation_rules');
  if (isSeq(rules)) {
    rules.flow = false;
    rules.add(rule);
  } else document.set('creation_rules', document.createNode([rule]));
  writeFileSync(join(root, sopsConfigName), `${document.toString({ lineWidth: 0 }).trimEnd()}\n`);
}

function readConfig(root: string) {
  const path = join(root, sopsConfigName);
  const document = parseDocument(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const [problem] = document.errors;
  if (problem !== undefined) throw new UsageError(`${sopsConfigName}: ${problem.message}`);
  return document;
}
