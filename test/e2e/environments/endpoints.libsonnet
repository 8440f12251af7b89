// Where the repository is in the rig. test/e2e-environments.test.ts lists every value that differs from the real environment.
{
  gitops+: {
    repoURL: 'git://git.e2e.test/infrastructure.git',
    path: 'test/e2e/environments/' + $.name,
    revision: 'main',
  },
  components+: { 'git-server'+: { enabled: false } },
}
