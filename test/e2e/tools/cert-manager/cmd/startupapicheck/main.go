// The start-up check: upstream's API checker behind the flags of `check api` that our Job gives.
package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/util/wait"
	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/cert-manager/cert-manager/internal/cmd/util"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/util/cmapichecker"

	"github.com/cert-manager/cert-manager/rekindle-e2e/internal/program"
)

func main() {
	var limit, interval time.Duration
	var namespace string

	api := &cobra.Command{Use: "api", RunE: func(cmd *cobra.Command, _ []string) error {
		config, err := ctrl.GetConfig()
		if err != nil {
			return err
		}
		checker, err := cmapichecker.New(config, namespace)
		if err != nil {
			return err
		}
		var last error
		err = wait.PollUntilContextTimeout(cmd.Context(), interval, limit, true, func(ctx context.Context) (bool, error) {
			if last = checker.Check(ctx); last != nil {
				logf.FromContext(ctx).Info("not ready", "reason", last.Error())
			}
			return last == nil, nil
		})
		if err != nil {
			return fmt.Errorf("not ready within %s: %w", limit, last)
		}
		fmt.Fprintln(cmd.OutOrStdout(), "The cert-manager API is ready")
		return nil
	}}
	api.Flags().DurationVar(&limit, "wait", 0, "how long to try")
	api.Flags().DurationVar(&interval, "interval", 5*time.Second, "time between tries")
	api.Flags().StringVarP(&namespace, "namespace", "n", "default", "where the checks are tried")

	check := &cobra.Command{Use: "check"}
	check.AddCommand(api)
	root := &cobra.Command{}
	root.AddCommand(check)
	root.PersistentFlags().AddGoFlag(flag.CommandLine.Lookup("kubeconfig"))
	root.PersistentFlags().IntP("v", "v", 2, "verbosity")
	program.Main("startupapicheck", root, util.AlwaysErrCode)
}
