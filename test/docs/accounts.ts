// What following the documents needs to know beside the documents: what stands for their placeholders, what a reader does with
// an editor, what can't be run in the tests and why, and what ends otherwise than with 0.

/** What stands for a placeholder when the commands are run. */
export const values: Readonly<Record<string, string>> = {
  '<name>': 'mine',
  '<env>': 'kind',
  '<the repository>': '"$ORIGIN"',
  '<it>': 'infrastructure',
  '<your copy of the key>': '"$HOME/age-key.txt"',
  '<host>': 'git.example.org',
  '<owner>': 'somebody',
  '<version>': 'main',
  '<namespace>': 'argocd',
  '<kubectl context>': 'kind-kind',
  '<the pid that it prints>': '1',
  '<the path that it prints>': '"$HOME/kubeconfig"',
};

/** Commands that the tests don't run. Their subcommands and flags are looked up all the same (check.ts). */
export interface Listed {
  /** Program and first words; everything that begins so is left out. */
  words: string;
  because: string;
}

/** The proof `documents` has one, and types them. */
export const needsCluster = 'needs a cluster';
const registry = "needs Terraform's registry of providers, then Docker or an account";
const modules = 'needs Go and downloads the modules that schemas/catalog.json and lib/crd-sources.json pin';

export const notRun: readonly Listed[] = [
  { words: 'npm test', because: 'minutes, and this test is a part of it' },
  { words: 'npm run e2e', because: 'minutes, root, and programs that are built first' },
  { words: 'npm run bootstrap', because: needsCluster },
  { words: 'npm run rebirth', because: 'needs a cluster with data; the proof rebirth types it' },
  { words: 'npm run kubeconfig', because: 'needs a cluster; the proof lens types it' },
  { words: 'npm run secrets -- apply', because: needsCluster },
  { words: 'kubectl', because: needsCluster },
  { words: 'k9s', because: 'needs a cluster and a terminal' },
  { words: 'tk diff', because: 'needs a cluster; the proof tanka types it' },
  { words: 'jq', because: 'reads what kubectl says of a cluster' },
  { words: 'xargs', because: 'calls kubectl with what it says of a cluster' },
  { words: 'nsenter', because: 'enters a rig that a person has started' },
  { words: 'terraform', because: registry },
  { words: 'cp rendered/kind/terraform/cluster/.terraform.lock.hcl', because: registry },
  { words: 'kind', because: 'needs Docker and its image of a node' },
  { words: 'aws', because: 'needs an account' },
  { words: 'jb install', because: 'needs a Git host that has the libraries' },
  { words: 'npm run schemas', because: modules },
  { words: 'npm run crds', because: modules },
  {
    words: 'node --import tsx --test test/core/schemas/server-verdict.test.ts',
    because: 'builds a program that answers as the API server does, with REKINDLE_ORACLE; minutes',
  },
];

/** Commands that are run where a program is installed, and left out elsewhere. */
export const needs: readonly { words: string; program: string }[] = [
  { words: 'npm run secrets -- init', program: 'sops' },
  { words: 'npm run secrets -- edit', program: 'sops' },
  { words: 'tk', program: 'tk' },
  { words: 'jb init', program: 'jb' },
];

/** A command that ends otherwise than with 0, which its page tells of. */
export interface Expected {
  document: string;
  /** Its beginning. */
  command: string;
  code: number;
  because: string;
}

const asked = 'nobody is at a terminal to be asked for what only others can give out';
const differs = 'there are differences';

export const expected: readonly Expected[] = [
  { document: 'README.md', command: 'npm run secrets -- init', code: 1, because: asked },
  { document: 'docs/getting-started.md', command: 'npm run secrets -- init', code: 1, because: asked },
  { document: 'docs/getting-started.md', command: 'npm run diff -- --envs', code: 1, because: differs },
  { document: 'docs/secrets.md', command: 'npm run secrets -- init', code: 1, because: asked },
  { document: 'docs/secrets.md', command: 'npm run secrets -- edit', code: 1, because: 'values are missing still' },
  { document: 'docs/secrets.md', command: 'npm run secrets -- check', code: 1, because: 'values are missing still' },
  { document: 'docs/validate.md', command: 'npm run diff', code: 1, because: differs },
];

/** What a reader does with an editor, before one of the commands. */
export interface Deed {
  document: string;
  /** Beginning of the command that it comes before. */
  before: string;
  /** The same in Bash. */
  script: string;
}

export const deeds: readonly Deed[] = [
  {
    document: 'docs/getting-started.md',
    before: 'npm run render -- --env mine',
    script: `sed -i -e "s/name: 'home'/name: 'mine'/" -e "s/home\\.example\\.org/mine.example.org/" \\
      -e "s#repoURL: '[^']*'#repoURL: 'https://git.example.org/infrastructure.git'#" environments/mine/cluster.libsonnet`,
  },
  {
    document: 'docs/validate.md',
    before: 'npm run validate -- --manifests',
    script: `printf '%s\\n' 'apiVersion: v1' 'kind: ConfigMap' 'metadata: { name: chart, namespace: default }' > chart.yaml`,
  },
  {
    document: 'docs/validate.md',
    before: 'npm run diff',
    script: `git tag --force v1.2.0; sed -i "s/operator@/administrator@/" environments/home/cluster.libsonnet; ! git diff --quiet`,
  },
];
