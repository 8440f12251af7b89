import type { Environment } from '../types.ts';
import { ensureAgeKey, type AgeKey } from './age-key.ts';
import type { DeclaredKey, DeclaredSecret } from './declared.ts';
import { readSecretsFile } from './file.ts';
import { makeValue } from './make-value.ts';
import type { RunProgram } from '../program.ts';
import { inspectSealed } from './sealed.ts';
import { sealInto, sealNew, type SecretValues } from './sops.ts';
import { addCreationRule, creationRecipients } from './sops-config.ts';
import { UsageError } from '../errors.ts';
import { unsealedFindings } from './unsealed.ts';

/** A value that is wanted: asked for, or looked up in what somebody gave. */
export interface Wanted extends DeclaredKey {
  name: string;
  key: string;
}

export interface InitOptions {
  run: RunProgram;
  env?: NodeJS.ProcessEnv;
  /** Folder of the environments, relative to the repository. */
  environments: string;
  declared: readonly DeclaredSecret[];
  /** A value that can't be made, or undefined when nobody knows it now. */
  ask: (wanted: Wanted) => Promise<string | undefined>;
  /** A value that somebody gave before anything is made or asked. */
  given: (wanted: Wanted) => string | undefined;
}

/** Where each value comes from; `missing` ones stand in the file as empty texts, to be filled in by `edit`. */
export type Origin = 'kept' | 'given' | 'made' | 'missing';

export interface InitResult {
  /** null where .sops.yaml seals for something else than age, such as a key of a cloud: then that is up to sops. */
  ageKey: AgeKey | null;
  /** Whether the rule was added to .sops.yaml. */
  ruleAdded: boolean;
  file: string;
  values: (Wanted & { origin: Origin })[];
}

/** Makes what an environment needs to have secrets: a key, the rule for whom files are sealed, the file. What is there is kept. */
export async function initSecrets(environment: Environment, options: InitOptions): Promise<InitResult> {
  const { run, environments, declared } = options;
  const file = readSecretsFile(environment);
  const { text } = file;
  const [unsealed] = text === undefined ? [] : unsealedFindings(text);
  if (unsealed !== undefined) throw new UsageError(`${file.shown}: ${unsealed.message}; ${unsealed.hint}`);
  const sealed = inspectSealed(text ?? '');
  const there = 'error' in sealed ? { values: [], recipients: [] } : sealed;
  const inConfig = creationRecipients(environment.root, file.shown);
  const sealedFor = there.recipients.length > 0 ? there.recipients : (inConfig ?? []);
  const others = inConfig !== undefined && sealedFor.length === 0;
  const ageKey = others ? null : await ensureAgeKey({ run, ...(options.env && { env: options.env }), sealedFor });
  if (inConfig === undefined && ageKey !== null) {
    addCreationRule(environment.root, environments, ageKey.recipient);
  }

  const kept = new Set(there.values.filter(({ state }) => state === 'sealed').map(({ path }) => path.join('\n')));
  const empty = new Set(there.values.filter(({ state }) => state === 'empty').map(({ path }) => path.join('\n')));
  const news: SecretValues = {};
  const values: InitResult['values'] = [];
  for (const wanted of wantedOf(declared)) {
    const at = `${wanted.name}\n${wanted.key}`;
    const [origin, value] = kept.has(at) ? (['kept'] as const) : await find(wanted, options);
    values.push({ ...wanted, origin });
    // What stands there empty already need not be written again.
    if (value !== undefined && !(value === '' && empty.has(at))) (news[wanted.name] ??= {})[wanted.key] = value;
  }
  if (Object.keys(news).length > 0) {
    if (text === undefined) await sealNew(run, environment.root, file, news);
    else await sealInto(run, file, news);
  }
  return { ageKey, ruleAdded: inConfig === undefined, file: file.shown, values };
}

async function find(wanted: Wanted, { ask, given }: InitOptions): Promise<readonly [Origin, string]> {
  const known = given(wanted);
  if (known !== undefined && known !== '') return ['given', known];
  if (wanted.generate !== undefined) return ['made', makeValue(wanted.generate)];
  const answer = await ask(wanted);
  return answer === undefined || answer === '' ? ['missing', ''] : ['given', answer];
}

function wantedOf(declared: readonly DeclaredSecret[]): Wanted[] {
  return declared.flatMap(({ name, keys }) => Object.entries(keys).map(([key, said]) => ({ name, key, ...said })));
}
