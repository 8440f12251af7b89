// Whom the collector calls, beside the targets that components declare in `scrape`: lib/component adds those.

function(this)
  local stores = this.stores;
  local when(condition, calls) = if condition then calls else [];

  when(stores.mimir != null, [stores.mimir.calledBy('collector', purpose) for purpose in ['push', 'ruler']])
  + when(stores.loki != null, [stores.loki.calledBy('collector', purpose) for purpose in ['push', 'ruler']])
  + when(stores.tempo != null, [stores.tempo.calledBy('collector', 'otlpGRPC')])
  + when(stores.mimir != null, [{ from: 'collector', to: 'dns', port: 9153 }])
  + when(stores.mimir != null && this.annotatedPods.ports != [], [{ from: 'collector', to: 'pods', port: this.annotatedPods.ports }])
  // Which of several scrapes what, they settle among themselves.
  + when(this.clustered, [{ from: 'collector', to: 'collector', port: 'http' }])
