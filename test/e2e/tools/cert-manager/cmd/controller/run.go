package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"golang.org/x/sync/errgroup"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"

	config "github.com/cert-manager/cert-manager/internal/apis/config/controller"
	"github.com/cert-manager/cert-manager/pkg/controller"
	"github.com/cert-manager/cert-manager/pkg/controller/clusterissuers"
	"github.com/cert-manager/cert-manager/pkg/healthz"

	// The issuers register themselves; the controllers come with the configuration's defaults.
	_ "github.com/cert-manager/cert-manager/pkg/issuer/acme"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/vault"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/venafi"
)

// The name of upstream's lease: our Role grants it alone.
const lease = "cert-manager-controller"

func run(ctx context.Context, c *config.ControllerConfiguration) error {
	group, ctx := errgroup.WithContext(ctx)
	options, err := contextOptions(c)
	if err != nil {
		return err
	}
	factory, err := controller.NewContextFactory(ctx, options)
	if err != nil {
		return err
	}
	base, err := factory.Build()
	if err != nil {
		return err
	}
	names := enabled(c)

	certificates := base.SharedInformerFactory.Certmanager().V1()
	base.Metrics.SetupACMECollector(base.SharedInformerFactory.Acme().V1().Challenges().Lister())
	base.Metrics.SetupCertificateCollector(certificates.Certificates().Lister())
	base.Metrics.SetupIssuerCollector(certificates.Issuers().Lister())
	if names.Has(clusterissuers.ControllerName) {
		base.Metrics.SetupClusterIssuerCollector(certificates.ClusterIssuers().Lister())
	}
	metrics, err := net.Listen("tcp", c.MetricsListenAddress)
	if err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	serve(ctx, group, base.Metrics.NewServer(metrics), metrics)

	listener, err := net.Listen("tcp", c.HealthzListenAddress)
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	health := healthz.NewServer(c.LeaderElectionConfig.HealthzTimeout)
	group.Go(func() error { return health.Start(ctx, listener) })

	if c.LeaderElectionConfig.Enabled {
		if err := elect(ctx, group, c, factory, health); err != nil {
			return errors.Join(err, group.Wait())
		}
		if ctx.Err() != nil {
			return group.Wait()
		}
	}
	for name, build := range controller.Known() {
		if !names.Has(name) {
			continue
		}
		built, err := build(factory)
		if err != nil {
			return fmt.Errorf("controller %s: %w", name, err)
		}
		group.Go(func() error { return built.Run(c.NumberOfConcurrentWorkers, ctx) })
	}
	base.SharedInformerFactory.Start(ctx.Done())
	base.KubeSharedInformerFactory.Start(ctx.Done())
	base.HTTP01ResourceMetadataInformersFactory.Start(ctx.Done())
	if c.GatewayAPIConfig.Enabled {
		base.GWShared.Start(ctx.Done())
	}
	return group.Wait()
}

// serve answers until the context ends.
func serve(ctx context.Context, group *errgroup.Group, server *http.Server, listener net.Listener) {
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		// Detached: the context that ended is what brings us here.
		limited, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		return server.Shutdown(limited)
	})
}

// elect returns once this process leads, or when the context ends first. Losing the lease ends the program.
func elect(
	ctx context.Context, group *errgroup.Group, c *config.ControllerConfiguration, factory *controller.ContextFactory, health *healthz.Server,
) error {
	built, err := factory.Build("leader-election")
	if err != nil {
		return err
	}
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	lock, err := resourcelock.New(resourcelock.LeasesResourceLock, c.LeaderElectionConfig.Namespace, lease,
		built.Client.CoreV1(), built.Client.CoordinationV1(),
		resourcelock.ResourceLockConfig{Identity: host + "-external-cert-manager-controller", EventRecorder: built.Recorder})
	if err != nil {
		return err
	}
	leading := make(chan struct{})
	elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Lock:            lock,
		LeaseDuration:   c.LeaderElectionConfig.LeaseDuration,
		RenewDeadline:   c.LeaderElectionConfig.RenewDeadline,
		RetryPeriod:     c.LeaderElectionConfig.RetryPeriod,
		ReleaseOnCancel: true,
		WatchDog:        health.LeaderHealthzAdaptor,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(context.Context) { close(leading) },
			OnStoppedLeading: func() {},
		},
	})
	if err != nil {
		return err
	}
	group.Go(func() error {
		elector.Run(ctx)
		if ctx.Err() == nil {
			return errors.New("the lease was lost")
		}
		return nil
	})
	select {
	case <-leading:
	case <-ctx.Done():
	}
	return nil
}
