import { UsageError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import type { Manifest } from '../types.ts';

/** A ServiceAccount that people take the rights of. */
export interface Account {
  role: string;
  namespace: string;
  name: string;
}

/** The label by which lib/lens says what an account is for. */
const label = 'rekindle/account';

/** The accounts among the manifests of an environment. */
export function accountsOf(manifests: readonly Manifest[]): Account[] {
  return manifests.flatMap(({ kind, metadata }) => {
    const role = metadata.labels?.[label];
    return kind === 'ServiceAccount' && role !== undefined && metadata.namespace !== undefined
      ? [{ role, namespace: metadata.namespace, name: metadata.name }]
      : [];
  });
}

/** The account for a role. */
export function accountFor(role: string, accounts: readonly Account[]): Account {
  const account = accounts.find((each) => each.role === role);
  if (account !== undefined) return account;
  const roles = accounts.map((each) => each.role);
  throw new UsageError(`unknown role "${role}": ${didYouMean(role, roles)}`);
}
