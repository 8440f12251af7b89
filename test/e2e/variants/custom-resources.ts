// What can be wrong with custom resources, by the schemas of their CustomResourceDefinitions.
import { variant, type Variant } from './variant.ts';

export const customResourceVariants: readonly Variant[] = [
  variant('Application', 'no project', 'spec/project'),
  variant('Application', 'an unknown field', 'spec/source/repository', 'https://example.org/a.git'),
  variant('Application', 'an unknown field of the sync policy', 'spec/syncPolicy/automatic', {}),
  variant('Application', 'pruning as text', 'spec/syncPolicy/automated/prune', 'yes'),
  variant('Application', 'libraries that are no list', 'spec/source/directory/jsonnet/libs', 'lib'),
  variant('AppProject', 'destinations that are no list', 'spec/destinations', { server: '*' }),
  variant('AppProject', 'a resource without a kind', 'spec/clusterResourceWhitelist', [{ group: '*' }]),
  variant('Certificate', 'a key algorithm that there is not', 'spec/privateKey/algorithm', 'DSA'),
  variant('Certificate', 'no Secret', 'spec/secretName'),
  variant('Certificate', 'no issuer', 'spec/issuerRef'),
  variant('Certificate', 'names that are no list', 'spec/dnsNames', 'example.org'),
  variant('Certificate', 'an unknown field', 'spec/hosts', ['example.org']),
  variant('Certificate', 'a usage that there is not', 'spec/usages', ['anything']),
  variant('Issuer', 'an unknown kind of issuer', 'spec/letsEncrypt', {}),
  variant('Issuer', 'two sides of a venafi issuer, of which a CEL rule allows one', 'spec', {
    venafi: {
      zone: 'a',
      cloud: { apiTokenSecretRef: { name: 'a' } },
      tpp: { url: 'https://example.org', credentialsRef: { name: 'a' } },
    },
  }),
  variant('ClusterIssuer', 'a CA issuer without a Secret', 'spec', { ca: {} }),
  variant('HTTPProxy', 'a weight below zero', 'spec/routes/0/services/0/weight', -1),
  variant('HTTPProxy', 'a protocol that there is not', 'spec/routes/0/services/0/protocol', 'spdy'),
  variant('HTTPProxy', 'a time-out in no unit', 'spec/routes/0/timeoutPolicy', { response: '10 minutes' }),
  variant('HTTPProxy', 'a port above 65535', 'spec/routes/0/services/0/port', 70000),
  variant('HTTPProxy', 'a virtual host without a name', 'spec/virtualhost', {}),
  variant('HTTPProxy', 'an unknown field of a route', 'spec/routes/0/path', '/'),
  variant(
    'HTTPProxy',
    'a subject name beside others, of which a CEL rule asks more',
    'spec/routes/0/services/0/validation',
    {
      caSecret: 'ca',
      subjectName: 'a.example.org',
      subjectNames: ['b.example.org'],
    },
  ),
];
