// What a proof is told by the command that starts it: which environment it is about, and where its things go.

export interface Context {
  /** Name of an environment of the repository. */
  environment: string;
  /** Folder for logs and data of this proof. */
  folder: string;
  /** Where rows of the report are appended. */
  report: string;
  /** Kubernetes minor of the API server, such as 1.36. */
  kubernetes: string;
  /** `local`: the rig starts its own. `kind`: a kind cluster is there, `kubeconfig` says how to reach it. */
  cluster: 'local' | 'kind';
  kubeconfig?: string;
}

const variable = 'REKINDLE_E2E';

/** For the environment variables of a proof. */
export function contextVariables(context: Context): Record<string, string> {
  return { [variable]: JSON.stringify(context) };
}

/** The context of this process. */
export function readContext(): Context {
  const text = process.env[variable];
  if (text === undefined)
    throw new Error('proofs are started by npm run e2e; to run one: npm run e2e -- --only <word>');
  return JSON.parse(text) as Context;
}
