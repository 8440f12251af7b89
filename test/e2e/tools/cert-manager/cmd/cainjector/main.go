// cainjector: upstream's injectors in a manager that is set up as upstream's program does.
package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"

	config "github.com/cert-manager/cert-manager/internal/apis/config/cainjector"
	"github.com/cert-manager/cert-manager/internal/apis/config/cainjector/validation"
	"github.com/cert-manager/cert-manager/internal/cmd/util"
	"github.com/cert-manager/cert-manager/pkg/cainjector/configfile"
	cmscheme "github.com/cert-manager/cert-manager/pkg/client/clientset/versioned/scheme"
	"github.com/cert-manager/cert-manager/pkg/controller/cainjector"
	utilpkg "github.com/cert-manager/cert-manager/pkg/util"

	// The feature gates that cainjector knows.
	_ "github.com/cert-manager/cert-manager/internal/cainjector/feature"

	"github.com/cert-manager/cert-manager/rekindle-e2e/internal/program"
)

// The name of upstream's lease: our Role grants it alone.
const lease = "cert-manager-cainjector-leader-election"

func main() {
	var file string
	cmd := &cobra.Command{RunE: func(cmd *cobra.Command, _ []string) error {
		read := configfile.New()
		if err := program.Read(file, read); err != nil {
			return err
		}
		faults := validation.ValidateCAInjectorConfiguration(read.Config, nil)
		if err := program.Apply(read.Config.FeatureGates, &read.Config.Logging, faults); err != nil {
			return err
		}
		return run(cmd.Context(), read.Config)
	}}
	cmd.Flags().StringVar(&file, "config", "", "file with a CAInjectorConfiguration")
	program.Main("cainjector", cmd, util.GracefulShutdown)
}

func run(ctx context.Context, c *config.CAInjectorConfiguration) error {
	rest, err := ctrl.GetConfig()
	if err != nil {
		return err
	}
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clientscheme.AddToScheme, cmscheme.AddToScheme, apiextensions.AddToScheme, apiregistration.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	watched := cache.Options{ReaderFailOnMissingInformer: true}
	if c.Namespace != "" {
		watched.DefaultNamespaces = map[string]cache.Config{c.Namespace: {}}
	}
	manager, err := ctrl.NewManager(utilpkg.RestConfigWithUserAgent(rest, "cainjector"), ctrl.Options{
		Scheme: scheme,
		Cache:  watched,
		// Secrets are read one by one, as upstream does: the role grants it, and no cache holds every Secret.
		Client:                        client.Options{Cache: &client.CacheOptions{DisableFor: []client.Object{&corev1.Secret{}}}},
		LeaderElection:                c.LeaderElectionConfig.Enabled,
		LeaderElectionNamespace:       c.LeaderElectionConfig.Namespace,
		LeaderElectionID:              lease,
		LeaderElectionReleaseOnCancel: true,
		LeaderElectionResourceLock:    resourcelock.LeasesResourceLock,
		LeaseDuration:                 &c.LeaderElectionConfig.LeaseDuration,
		RenewDeadline:                 &c.LeaderElectionConfig.RenewDeadline,
		RetryPeriod:                   &c.LeaderElectionConfig.RetryPeriod,
		Metrics:                       server.Options{BindAddress: c.MetricsListenAddress},
	})
	if err != nil {
		return fmt.Errorf("manager: %w", err)
	}
	targets := c.EnableInjectableConfig
	if err := cainjector.RegisterAllInjectors(ctx, manager, cainjector.SetupOptions{
		Namespace:                    c.Namespace,
		IgnoreNamespaces:             c.IgnoreNamespaces,
		EnableCertificatesDataSource: c.EnableDataSourceConfig.Certificates,
		EnabledReconcilersFor: map[string]bool{
			cainjector.MutatingWebhookConfigurationName:   targets.MutatingWebhookConfigurations,
			cainjector.ValidatingWebhookConfigurationName: targets.ValidatingWebhookConfigurations,
			cainjector.APIServiceName:                     targets.APIServices,
			cainjector.CustomResourceDefinitionName:       targets.CustomResourceDefinitions,
		},
	}); err != nil {
		return fmt.Errorf("injectors: %w", err)
	}
	return manager.Start(ctx)
}
