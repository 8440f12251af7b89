import { containersOf, podTemplatesOf } from './pods.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { fieldsOf, isFields, pointer } from './values.ts';

/**
 * Secret values that would be readable by everybody who reads the repository. A Secret without values (Argo CD and
 * operators fill in such ones) and values sealed by SOPS pass. No finding ever quotes a value.
 */
export const plaintextSecret: Rule = {
  name: 'plaintext-secret',
  summary: 'A secret value is written in plain text.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      if (subject.group !== '') continue;
      if (subject.ref.kind === 'Secret') yield* secretFindings(subject, scope.env === undefined);
      if (subject.ref.kind === 'ConfigMap') yield* credentialFindings(subject, ['data'], subject.manifest.data);
    }
    for (const pod of podTemplatesOf(scope)) {
      for (const container of containersOf(pod)) {
        for (const field of ['env', 'args', 'command']) {
          yield* credentialFindings(pod.subject, [...container.at, field], container.fields[field]);
        }
      }
    }
  },
};

const hint =
  'keep values in secrets.sops.yaml beside main.jsonnet, or let a program in the cluster create the Secret; a value that was pushed must be replaced';

function* secretFindings(subject: Subject, fromFile: boolean): Generator<Finding> {
  for (const field of ['data', 'stringData']) {
    for (const [key, value] of Object.entries(fieldsOf(subject.manifest[field]))) {
      if (value === '' || value === null || isSealed(value)) continue;
      yield {
        subject,
        // Anybody's files may never be meant for a repository; what an environment renders always comes from one.
        ...(fromFile && { severity: 'warning' as const }),
        message: `the Secret has a value for "${key}" in plain text${field === 'data' ? ' (base64 hides nothing)' : ''}`,
        hint,
        pointer: pointer(field, key),
      };
    }
  }
}

/** Strings anywhere in a value that can be nothing but credentials. */
function credentialFindings(subject: Subject, steps: readonly (string | number)[], value: unknown): Finding[] {
  const found: Finding[] = [];
  const path = [...steps];
  const search = (inside: unknown): void => {
    if (typeof inside === 'string') {
      const what = credentialIn(inside);
      if (what === undefined) return;
      found.push({ subject, message: `there is ${what} in plain text`, hint, pointer: pointer(...path) });
    } else if (Array.isArray(inside)) {
      for (let i = 0; i < inside.length; i++) descend(i, inside[i]);
    } else if (isFields(inside)) {
      for (const key in inside) descend(key, inside[key]);
    }
  };
  const descend = (step: string | number, inside: unknown): void => {
    path.push(step);
    search(inside);
    path.pop();
  };
  search(value);
  return found;
}

/** Whether a text can be nothing but a credential, so that nobody should print it. */
export function looksLikeCredential(text: string): boolean {
  return credentialIn(text) !== undefined;
}

function credentialIn(text: string): string | undefined {
  if (!anyMark.test(text) || isSealed(text)) return undefined;
  return credentials.find(({ pattern }) => pattern.test(text))?.name;
}

/** One look that nearly every string fails. */
const anyMark = /PRIVATE KEY-----|AGE-SECRET-KEY-1|\bgh[pousr]_|\bgithub_pat_|\bgl[a-z]+-/;

/** Forms that no other text has. */
const credentials = [
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+(?:[\w-]+: .*\s+)*[A-Za-z0-9+/=\s]{40}/ },
  { name: 'an age identity', pattern: /AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/ },
  { name: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})\b/ },
  { name: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|agent)-[\w-]{20}/ },
];

function isSealed(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('ENC[AES256_GCM,');
}
