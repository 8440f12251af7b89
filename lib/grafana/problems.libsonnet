// What Grafana would refuse at its start, or silently leave out.
local unknownKeys = import '../component/unknown-keys.libsonnet';
local dashboards = import 'provisioned-dashboards.libsonnet';

// The first of each later entry with the same key.
local repeated(entries, keyOf) = [
  { first: entries[i], again: entries[j] }
  for j in std.range(0, std.length(entries) - 1)
  for i in [std.find(keyOf(entries[j]), [keyOf(entry) for entry in entries])[0]]
  if i < j
];

local place = dashboards.place;

// Sections of conf/defaults.ini with their keys; null where anybody may add some, or where they are not recorded. README.md says
// which version that is.
local known = import 'files/keys.json';
// Plugins have sections of their own.
local recorded(config) = { [section]: config[section] for section in std.objectFields(config) if !std.startsWith(section, 'plugin.') };

local uidCharacters = std.set(std.stringChars('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'));
local isUID(uid) = std.type(uid) == 'string' && uid != '' && std.length(uid) <= 40
                   && std.setDiff(std.set(std.stringChars(uid)), uidCharacters) == [];
local uidOf(entry) = if std.objectHas(entry.dashboard, 'uid') then entry.dashboard.uid else null;

function(this)
  local problem(when, text) = if when then [text] else [];
  local entries = this.provisioned;
  problem(
    this.replicas.server > 1 && this.database == null,
    'replicas.server: %d without a database keep their sign-ins each for itself; set database, or 1' % this.replicas.server
  )
  + problem(
    this.signIn != null && this.cluster.signIn == null,
    'signIn: set signIn of the cluster too, which says who the provider is'
  )
  + problem(
    this.signIn == null && this.cluster.signIn != null && this.enabled,
    'signIn: the cluster signs in by %s; set authURL, tokenURL and userInfoURL as its .well-known/openid-configuration has them' % if this.cluster.signIn == null then '' else this.cluster.signIn.issuer
  )
  + problem(
    this.notificationPolicy != null && this.contactPoints == [],
    'notificationPolicy: set contactPoints, to which it sends'
  )
  + [
    'dashboards: %s has no uid that Grafana takes: set one of letters, digits, dashes and underscores, at most 40' % place(entry)
    for entry in entries
    if !isUID(uidOf(entry))
  ]
  + [
    'dashboards: %s has the uid "%s" of %s; give one of them another' % [place(pair.again), uidOf(pair.again), place(pair.first)]
    for pair in repeated([entry for entry in entries if uidOf(entry) != null], uidOf)
  ]
  + [
    'dashboards: %s would be the same file as %s; give one of them another name' % [place(pair.again), place(pair.first)]
    for pair in repeated(entries, function(entry) [entry.folder, entry.file])
  ]
  + unknownKeys(recorded(this.config), known, 'Grafana')
