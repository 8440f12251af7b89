// What can be said of it.
local doc = import '../doc/main.libsonnet';

{
  local this = self,

  '#host':: doc.setting('host', 'Name under which it is reached.'),
  host: 'grafana.' + this.cluster.domain,

  '#secretName':: doc.setting('host', 'The Secret with its own passwords; the slice `secrets` says which keys it must have.'),
  secretName: 'grafana',

  '#anonymous':: doc.setting('boolean', 'Whether everybody who reaches it may look, without signing in.'),
  anonymous: false,

  '#signIn':: doc.optionalShape({
    authURL: doc.required('url', "The provider's `authorization_endpoint`."),
    tokenURL: doc.required('url', "The provider's `token_endpoint`."),
    userInfoURL: doc.required('url', "The provider's `userinfo_endpoint`."),
    scopes: doc.list('string', 'Scopes; openid, profile, email and groups when they are left out.'),
    rolePath: doc.setting('string', "JMESPath expression that makes one of Grafana's roles of what the provider says; by the groups of the cluster's `signIn` when it is left out."),
  }, 'Where the provider that the cluster signs in with (`signIn`) is asked; its `<issuer>/.well-known/openid-configuration` says it. Without, there is one administrator, from the Secret.'),
  signIn: null,

  '#database':: doc.optionalShape({
    host: doc.required('host', 'Its host.'),
    port: doc.required('port', 'Its port.'),
    name: doc.required('string', 'Name of the database.'),
    user: doc.required('string', 'User.'),
    sslMode: doc.required(doc.enum(['disable', 'require', 'verify-ca', 'verify-full'], 'Mode.'), 'Whether the connection is encrypted, and the server checked.'),
  }, 'A PostgreSQL that keeps what people make in the browser, and lets more than one Grafana run. Without, all that is lost with the pod, and what is in Git is there again.'),
  database: null,

  '#smtp':: doc.optionalShape({
    host: doc.required('host', 'Host.'),
    port: doc.required('port', 'Port.'),
    user: doc.setting('string', 'User; without, nobody signs in.'),
    from: doc.required('email', 'Sender.'),
  }, 'The server through which it sends e-mail.'),
  smtp: null,

  '#contactPoints':: doc.list('any', "Whom Grafana's own alerts are sent to: elements of `contactPoints` of a provisioning file. Variables of `credentials` are written `$NAME`."),
  contactPoints: [],

  '#notificationPolicy':: doc.optional('any', "Which alerts go to whom: an element of `policies` of a provisioning file; null keeps Grafana's own."),
  notificationPolicy: null,

  '#notificationPorts':: doc.list('port', 'Ports of the servers of contact points.'),
  notificationPorts: [443],

  '#credentials':: doc.map(doc.shape({
    name: doc.required('host', 'Name of the Secret.'),
    key: doc.required('string', 'Key in the Secret.'),
  }), 'Variables from Secrets, for contact points and further data sources.'),
  credentials: {},

  '#dataSources':: doc.list('any', 'Further data sources: elements of `datasources` of a provisioning file.'),
  dataSources: [],

  '#plugins':: doc.list('string', 'Plugins that are downloaded at each start, as `<id>` or `<id>@<version>`. It then calls the Internet.'),
  plugins: [],

  '#defaultTheme':: doc.enum(['dark', 'light', 'system'], 'Its colours.'),
  defaultTheme: 'system',

  '#logLevel':: doc.enum(['debug', 'info', 'warn', 'error'], 'How much it logs.'),
  logLevel: 'info',
}
