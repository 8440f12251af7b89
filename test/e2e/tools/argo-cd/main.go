// The two Argo CD programs that the rig runs, in one binary: what it is called, or ARGOCD_BINARY_NAME, says which, as in
// upstream's binary. The others would double the time that the build takes.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	appcontroller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/util/log"
	"github.com/spf13/cobra"
	"k8s.io/klog/v2"
)

func main() {
	klog.SetLogger(log.NewLogrusLogger(log.NewWithCurrentConfig()))
	name := filepath.Base(os.Args[0])
	if value := os.Getenv("ARGOCD_BINARY_NAME"); value != "" {
		name = value
	}
	var command *cobra.Command
	switch name {
	case common.CommandRepoServer:
		command = reposerver.NewCommand()
	case common.CommandApplicationController:
		command = appcontroller.NewCommand()
	default:
		fmt.Fprintf(os.Stderr, "no program called %q in here: set ARGOCD_BINARY_NAME to %s or %s\n",
			name, common.CommandRepoServer, common.CommandApplicationController)
		os.Exit(2)
	}
	if err := command.Execute(); err != nil {
		os.Exit(1)
	}
}
