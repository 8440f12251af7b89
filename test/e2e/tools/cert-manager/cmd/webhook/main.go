// The webhook: upstream's server, flags and configuration file.
package main

import (
	"github.com/spf13/cobra"

	"github.com/cert-manager/cert-manager/internal/apis/config/webhook/validation"
	"github.com/cert-manager/cert-manager/internal/cmd/util"
	"github.com/cert-manager/cert-manager/internal/webhook"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/webhook/configfile"
	"github.com/cert-manager/cert-manager/pkg/webhook/options"

	"github.com/cert-manager/cert-manager/rekindle-e2e/internal/program"
)

func main() {
	flags := options.NewWebhookFlags()
	cmd := &cobra.Command{RunE: func(cmd *cobra.Command, _ []string) error {
		file := configfile.New()
		if err := program.Read(flags.Config, file); err != nil {
			return err
		}
		config := file.Config
		faults := validation.ValidateWebhookConfiguration(config, nil)
		if err := program.Apply(config.FeatureGates, &config.Logging, faults); err != nil {
			return err
		}
		server, err := webhook.NewCertManagerWebhookServer(logf.FromContext(cmd.Context()), *config)
		if err != nil {
			return err
		}
		return server.Run(cmd.Context())
	}}
	flags.AddFlags(cmd.Flags())
	program.Main("webhook", cmd, util.GracefulShutdown)
}
