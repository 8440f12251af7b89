import type { Rule } from './rule.ts';
import { configKey } from './syntax.ts';
import { fieldsOf, pointer } from './values.ts';

/** Keys of ConfigMaps and Secrets become file names, and the API server checks them so. */
export const configKeys: Rule = {
  name: 'config-key',
  summary: 'A ConfigMap or Secret has a key that is no file name, or the same key twice.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      const { group, ref, manifest } = subject;
      if (group !== '' || (ref.kind !== 'ConfigMap' && ref.kind !== 'Secret')) continue;
      for (const field of ref.kind === 'Secret' ? ['data', 'stringData'] : ['data', 'binaryData']) {
        for (const key of Object.keys(fieldsOf(manifest[field]))) {
          const wrong = configKey(key);
          if (wrong !== undefined)
            yield { subject, message: `the key "${key}" ${wrong}`, pointer: pointer(field, key) };
        }
      }
      if (ref.kind !== 'ConfigMap') continue;
      for (const key of Object.keys(fieldsOf(manifest.data))) {
        if (!Object.hasOwn(fieldsOf(manifest.binaryData), key)) continue;
        yield { subject, message: `the key "${key}" is in data and in binaryData`, pointer: pointer('data', key) };
      }
    }
  },
};
