// The controller: upstream's controllers, metrics, health and leader election, started as upstream's program does.
package main

import (
	"github.com/spf13/cobra"

	"github.com/cert-manager/cert-manager/internal/apis/config/controller/validation"
	"github.com/cert-manager/cert-manager/internal/cmd/util"
	"github.com/cert-manager/cert-manager/internal/pem"
	"github.com/cert-manager/cert-manager/pkg/controller/configfile"

	"github.com/cert-manager/cert-manager/rekindle-e2e/internal/program"
)

func main() {
	var file string
	cmd := &cobra.Command{RunE: func(cmd *cobra.Command, _ []string) error {
		read := configfile.New()
		if err := program.Read(file, read); err != nil {
			return err
		}
		config := read.Config
		faults := validation.ValidateControllerConfiguration(config, nil)
		if err := program.Apply(config.FeatureGates, &config.Logging, faults); err != nil {
			return err
		}
		limits := config.PEMSizeLimitsConfig
		pem.SetGlobalSizeLimits(pem.NewSizeLimitsFromConfig(
			limits.MaxCertificateSize, limits.MaxPrivateKeySize, limits.MaxChainLength, limits.MaxBundleSize,
		))
		return run(cmd.Context(), config)
	}}
	cmd.Flags().StringVar(&file, "config", "", "file with a ControllerConfiguration")
	program.Main("controller", cmd, util.GracefulShutdown)
}
