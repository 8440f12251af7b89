// Package program holds what the controller, the webhook and cainjector share: the flag --config, feature gates, logs,
// and the end on a signal.
package program

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/util/validation/field"
	logsapi "k8s.io/component-base/logs/api/v1"
	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/cert-manager/cert-manager/internal/cmd/util"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/util/configfile"
	utilfeature "github.com/cert-manager/cert-manager/pkg/util/feature"
)

// Main runs a command until SIGTERM or SIGINT and ends the process with its exit code.
func Main(name string, cmd *cobra.Command, behavior util.ExitBehavior) {
	ctx, exit := util.SetupExitHandler(context.Background(), behavior)
	defer exit()
	logf.InitLogs()
	defer logf.FlushLogs()
	ctrl.SetLogger(logf.Log)

	cmd.Use, cmd.SilenceErrors, cmd.SilenceUsage = name, true, true
	if err := cmd.ExecuteContext(logf.NewContext(ctx, logf.Log, name)); err != nil {
		fmt.Fprintln(os.Stderr, name+":", err)
		util.SetExitCode(err)
	}
}

// Read decodes the file of --config strictly, with upstream's defaults: an unknown field is an error.
func Read(file string, into configfile.ConfigFile) error {
	loader, err := configfile.NewConfigurationFSLoader(nil, file)
	if err != nil {
		return err
	}
	if err := loader.Load(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// Apply sets the feature gates and the logging of a configuration that upstream's validation found no fault in.
func Apply(gates map[string]bool, logging *logsapi.LoggingConfiguration, faults field.ErrorList) error {
	if err := utilfeature.DefaultMutableFeatureGate.SetFromMap(gates); err != nil {
		return err
	}
	if len(faults) > 0 {
		return faults.ToAggregate()
	}
	return logf.ValidateAndApply(logging)
}
