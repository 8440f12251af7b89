// What can be seen of a SOPS file without its key: SOPS leaves the names in clear, and says the type of every value.
import { parseDocument } from 'yaml';
import { errorMessage } from '../errors.ts';
import { isFields } from '../rules/values.ts';

/** `clear`: readable by everybody. `empty`: SOPS leaves an empty text, and null, as they are. */
export type SealedState = 'sealed' | 'empty' | 'clear';

export interface SealedValue {
  /** Names from the root down. */
  path: string[];
  state: SealedState;
  /** What SOPS says of a sealed value: `str`, `int`, `float`, `bool`, `bytes`, `time`. */
  type?: string;
}

export interface Sealed {
  /** Whether SOPS has sealed it as a whole, i.e. can tell whether something was changed by hand. */
  hasSeal: boolean;
  values: SealedValue[];
  /** The age recipients that can open it. */
  recipients: string[];
}

const sealedValue = /^ENC\[AES256_GCM,data:.*,type:(\w+)\]$/s;

/** Reads a SOPS file in YAML or JSON. A text that is neither has its mistake in `error`, without quoting the text. */
export function inspectSealed(text: string): Sealed | { error: string } {
  let root: unknown;
  try {
    const document = parseDocument(text, { prettyErrors: false });
    const [problem] = document.errors;
    // Its message may quote the line, and the line a value.
    if (problem !== undefined) return { error: problem.code };
    root = document.toJS();
  } catch (error) {
    return { error: errorMessage(error) };
  }
  if (root === null || root === undefined) return { hasSeal: false, values: [], recipients: [] };
  if (!isFields(root)) return { error: 'the file must be a mapping' };
  const { sops, ...rest } = root;
  return {
    hasSeal: isFields(sops) && typeof sops.mac === 'string' && sealedValue.test(sops.mac),
    values: [...valuesIn(rest, [])],
    recipients: recipientsOf(sops),
  };
}

function* valuesIn(value: unknown, path: string[]): Generator<SealedValue> {
  if (Array.isArray(value) || isFields(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0 && path.length > 0) yield { path, state: 'empty' };
    for (const [name, item] of entries) yield* valuesIn(item, [...path, name]);
  } else if (value === '' || value === null) {
    yield { path, state: 'empty' };
  } else {
    const type = typeof value === 'string' ? sealedValue.exec(value)?.[1] : undefined;
    yield type === undefined ? { path, state: 'clear' } : { path, state: 'sealed', type };
  }
}

function recipientsOf(sops: unknown): string[] {
  const age = isFields(sops) && Array.isArray(sops.age) ? sops.age : [];
  return age.flatMap((entry: unknown) =>
    isFields(entry) && typeof entry.recipient === 'string' ? [entry.recipient] : [],
  );
}
