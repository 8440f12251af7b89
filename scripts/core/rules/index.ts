import { addressSyntax } from './address-syntax.ts';
import { appProject } from './app-project.ts';
import { applicationSource } from './application-source.ts';
import { capacity } from './capacity.ts';
import { clientSideApplyLimit } from './client-side-apply-limit.ts';
import { configKeys } from './config-key.ts';
import { containerNames } from './container-names.ts';
import { containerResources } from './container-resources.ts';
import { cronSchedule } from './cron-schedule.ts';
import { duplicateIdentity } from './duplicate-identity.ts';
import { emptyEnvironment } from './empty-environment.ts';
import { exclusiveFields } from './exclusive-fields.ts';
import { extensionPoint } from './extension-point.ts';
import { labelSyntax } from './label-syntax.ts';
import { metadataName } from './metadata-name.ts';
import { missingReference } from './missing-reference.ts';
import { missingVolume } from './missing-volume.ts';
import { namespaceMissing } from './namespace-missing.ts';
import { numberRange } from './number-range.ts';
import { plaintextSecret } from './plaintext-secret.ts';
import { ports } from './ports.ts';
import { probes } from './probes.ts';
import { rbac } from './rbac.ts';
import { requiredValue } from './required-value.ts';
import { restartPolicy } from './restart-policy.ts';
import type { Rule } from './rule.ts';
import { secretsUnsealed } from './secrets-unsealed.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { sizeLimit } from './size-limit.ts';
import { strayManifest } from './stray-manifest.ts';

/** Every rule about manifests, by name. */
export const rules: Rule[] = [
  addressSyntax,
  appProject,
  applicationSource,
  capacity,
  clientSideApplyLimit,
  configKeys,
  containerNames,
  containerResources,
  cronSchedule,
  duplicateIdentity,
  emptyEnvironment,
  exclusiveFields,
  extensionPoint,
  labelSyntax,
  metadataName,
  missingReference,
  missingVolume,
  namespaceMissing,
  numberRange,
  plaintextSecret,
  ports,
  probes,
  rbac,
  requiredValue,
  restartPolicy,
  secretsUnsealed,
  selectorMismatch,
  sizeLimit,
  strayManifest,
];
