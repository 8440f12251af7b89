// What an environment has in the rig instead of the world outside: addresses, and nothing else.
// test/e2e-environments.test.ts lists every value that differs from the real environment.
{
  gitops+: {
    repoURL: 'git://127.0.0.1/infrastructure.git',
    path: 'test/e2e/environments/' + $.name,
  },
}
