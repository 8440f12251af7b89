import type { Rule } from './rule.ts';

/** Nothing to deploy is never meant: Argo CD would prune whatever was there, or refuse to. */
export const emptyEnvironment: Rule = {
  name: 'empty-environment',
  summary: 'An environment renders no manifest at all.',
  severity: 'error',
  *check({ env, apps, subjects }) {
    if (env === undefined || subjects.length > 0) return;
    yield {
      message:
        apps.length === 0
          ? 'the environment has no app'
          : `the environment renders no manifest from ${apps.length} apps`,
      hint: 'enable a component, or remove the folder of the environment',
    };
  },
};
