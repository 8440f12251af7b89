// Package tools names the program that is built here. Its own module path has no proxy of Go modules, its repository has.
package tools

import _ "golang.stackrox.io/kube-linter/cmd/kube-linter"
