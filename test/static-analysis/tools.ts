// kube-score and kube-linter, and what they find in files.
import { spawnSync } from 'node:child_process';
import { findTool } from '../helpers/tools.ts';

/** A finding; `check` bears the name of the tool. */
export interface Finding {
  check: string;
  /** `<Kind>/<name>` */
  object: string;
  says: string;
}

export interface Tool {
  name: string;
  /** How it is installed. */
  install: string;
  /** Looks at one file. */
  findings: (path: string, file: string) => Finding[];
}

/** Both exit with 1 when they find something. */
const json = (path: string, args: string[]): any => {
  const { status, stdout, stderr, error } = spawnSync(path, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 300_000,
  });
  if (error !== undefined) throw error;
  if ((status !== 0 && status !== 1) || stdout === '')
    throw new Error(`${path} ${args.join(' ')}: ${status} ${stderr}`);
  return JSON.parse(stdout);
};

const kubeScore: Tool = {
  name: 'kube-score',
  install: 'go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0',
  findings: (path, file) =>
    json(path, ['score', '--kubernetes-version', 'v1.34', '--output-format', 'json', file]).flatMap(
      ({ type_meta, object_meta, checks }: any) =>
        (checks ?? [])
          // 10 is the best grade; from 5 down it prints a warning, at 1 it says CRITICAL.
          .filter(({ skipped, grade }: any) => !skipped && grade < 10)
          .map(({ check, comments }: any) => ({
            check: `kube-score/${check.id}`,
            object: `${type_meta.kind}/${object_meta.name}`,
            says: [...new Set((comments ?? []).map(({ summary }: any) => summary))].join('; '),
          })),
    ),
};

const kubeLinter: Tool = {
  name: 'kube-linter',
  install:
    'go -C test/static-analysis/kube-linter build -o "$(go env GOPATH)/bin/" golang.stackrox.io/kube-linter/cmd/kube-linter',
  findings: (path, file) =>
    (json(path, ['lint', '--fail-if-no-objects-found', '--format', 'json', file]).Reports ?? []).map(
      ({ Check, Object: { K8sObject }, Diagnostic }: any) => ({
        check: `kube-linter/${Check}`,
        object: `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`,
        says: Diagnostic.Message,
      }),
    ),
};

/** Where a tool is, or why it can't be asked. CI must have it. */
export const located = ({ name, install }: Tool): { path: string } | { skip: string } => {
  const path = findTool(name);
  if (path !== undefined) return { path };
  if (process.env['CI']) throw new Error(`${name} is not installed: ${install}`);
  return { skip: `${name} is not installed: ${install}` };
};

export const tools: readonly Tool[] = [kubeScore, kubeLinter];
