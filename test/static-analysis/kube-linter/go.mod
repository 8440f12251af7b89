module rekindle.test/kube-linter

go 1.26.0

require golang.stackrox.io/kube-linter v0.8.3

replace golang.stackrox.io/kube-linter => github.com/stackrox/kube-linter v0.8.3
