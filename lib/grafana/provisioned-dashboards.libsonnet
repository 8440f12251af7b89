// The dashboards that components declare, in ConfigMaps: one folder of Grafana is one folder of files, and one volume, in as
// many ConfigMaps as it takes.
local k = import '../kubernetes/main.libsonnet';

// A ConfigMap may hold 1 MiB. Letters beyond ASCII take more bytes than letters, so that there is some room.
local limit = 700 * 1024;

local slug(text) = std.join('', [
  if std.member('abcdefghijklmnopqrstuvwxyz0123456789', c) then c else '-'
  for c in std.stringChars(std.asciiLower(text))
]);

// packed([{ name, text }]) -> [[file]]: in their order, as many together as fit.
local packed(files) = std.foldl(
  function(state, file)
    local size = std.length(file.text);
    if state.groups == [] || state.size + size > limit
    then { groups: state.groups + [[file]], size: size }
    else {
      local last = std.length(state.groups) - 1,
      groups: state.groups[:last] + [state.groups[last] + [file]],
      size: state.size + size,
    },
  files,
  { groups: [], size: 0 },
).groups;

local path(folder) = '/etc/grafana/dashboards/' + slug(folder);

local place(entry) = 'components.%s (dashboards["%s"]["%s"])' % [entry.component, entry.folder, entry.file];

// The files of one folder, each with its text.
local filesOf(entries, folder) = [
  local text = std.toString(entry.dashboard);
  if std.length(text) <= limit then { name: entry.file + '.json', text: text }
  else error '%s is larger than a ConfigMap may be; split it' % place(entry)
  for entry in entries
  if entry.folder == folder
];

{
  place:: place,

  // of(cluster) -> [{ component, folder, file, dashboard }] of all enabled components.
  of(cluster):: [
    { component: name, folder: folder, file: file, dashboard: all[folder][file] }
    for name in std.objectFields(cluster.enabled)
    for all in [cluster.enabled[name].dashboards]
    for folder in std.objectFields(all)
    for file in std.objectFields(all[folder])
  ],

  // all(this) -> {
  //   objects: { folder: [ConfigMap] }
  //   volumes, mounts: one for each folder
  // }
  // Dashboards are large: whoever needs more than one of these takes them from one call.
  all(this)::
    local entries = this.provisioned;
    local folders = std.set([entry.folder for entry in entries]);
    local configMaps = [
      local groups = packed(filesOf(entries, folder));
      [
        k.configMap(this, '%s-dashboards-%s-%d' % [this.name, slug(folder), i], { [file.name]: file.text for file in groups[i] })
        for i in std.range(0, std.length(groups) - 1)
      ]
      for folder in folders
    ];
    {
      objects: { [slug(folders[i])]: configMaps[i] for i in std.range(0, std.length(folders) - 1) },
      volumes: [
        {
          name: 'dashboards-' + slug(folders[i]),
          projected: { sources: [{ configMap: { name: object.metadata.name } } for object in configMaps[i]] },
        }
        for i in std.range(0, std.length(folders) - 1)
      ],
      mounts: [{ name: 'dashboards-' + slug(folder), mountPath: path(folder), readOnly: true } for folder in folders],
    },

  // providers(this) -> the provisioning file that says where they are.
  providers(this):: {
    apiVersion: 1,
    providers: [
      {
        name: folder,
        folder: folder,
        type: 'file',
        disableDeletion: true,
        allowUiUpdates: false,
        updateIntervalSeconds: 60,
        options: { path: path(folder) },
      }
      for folder in std.set([entry.folder for entry in this.provisioned])
    ],
  },

  // file(this, folder, name) -> where a dashboard lies, or null where there is none of that name.
  file(this, folder, name)::
    if [entry for entry in this.provisioned if entry.folder == folder && entry.file == name] == [] then null
    else '%s/%s.json' % [path(folder), name],
}
