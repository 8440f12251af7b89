// manifests renders Applications with the code of Argo CD's repo-server, without a cluster and without a cache.
//
// Standard input: a JSON array of requests; standard output: one answer for each, in their order.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
	"k8s.io/apimachinery/pkg/api/resource"
)

type request struct {
	// The checkout that stands for the repository, an absolute path with symbolic links resolved.
	Root string `json:"root"`
	// What $ARGOCD_APP_REVISION becomes.
	Revision string                     `json:"revision"`
	App      string                     `json:"app"`
	Source   v1alpha1.ApplicationSource `json:"source"`
}

type answer struct {
	App string `json:"app"`
	// Each object as the text that the repo-server sends to the controller.
	Manifests []string `json:"manifests"`
	Error     string   `json:"error,omitempty"`
}

// render leaves AppLabelKey empty, so that no tracking annotation is added to what Git says.
func render(ctx context.Context, asked request, clones utilio.TempPaths) answer {
	query := &apiclient.ManifestRequest{
		Repo:              &v1alpha1.Repository{Repo: asked.Source.RepoURL},
		Revision:          asked.Revision,
		AppName:           asked.App,
		ApplicationSource: &asked.Source,
	}
	response, err := repository.GenerateManifests(
		ctx, filepath.Join(asked.Root, asked.Source.Path), asked.Root, asked.Revision, query, false,
		git.NoopCredsStore{}, resource.MustParse("10M"), clones,
	)
	if err != nil {
		return answer{App: asked.App, Error: err.Error()}
	}
	return answer{App: asked.App, Manifests: response.Manifests}
}

func main() {
	var requests []request
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		fmt.Fprintln(os.Stderr, "manifests: standard input:", err)
		os.Exit(2)
	}
	clones := utilio.NewRandomizedTempPaths(os.TempDir())
	answers := make([]answer, 0, len(requests))
	for _, asked := range requests {
		answers = append(answers, render(context.Background(), asked, clones))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, "manifests:", err)
		os.Exit(2)
	}
}
