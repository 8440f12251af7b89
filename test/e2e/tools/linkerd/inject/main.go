// inject adds Linkerd's proxy to pods with the code of its injector, without a cluster.
//
// Standard input: a JSON array of requests; standard output: for each the JSON patch that the API server would get, in order.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/linkerd/linkerd2/pkg/charts/linkerd2"
	"github.com/linkerd/linkerd2/pkg/inject"
	corev1 "k8s.io/api/core/v1"
)

type request struct {
	// Linkerd's own namespace.
	Namespace string `json:"namespace"`
	// What `values` of the ConfigMap linkerd-config says.
	Values json.RawMessage `json:"values"`
	// The certificates of the ConfigMap linkerd-identity-trust-roots.
	TrustAnchors string `json:"trustAnchors"`
	// Kind and name of the pod's owner.
	Kind string          `json:"kind"`
	Name string          `json:"name"`
	Pod  json.RawMessage `json:"pod"`
}

func main() {
	var requests []request
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		fail(err)
	}
	patches := []json.RawMessage{}
	for _, one := range requests {
		patch, err := patchOf(one)
		if err != nil {
			fail(fmt.Errorf("%s: %w", one.Name, err))
		}
		patches = append(patches, patch)
	}
	if err := json.NewEncoder(os.Stdout).Encode(patches); err != nil {
		fail(err)
	}
}

// As controller/proxy-injector/webhook.go, without what it reads from the cluster.
func patchOf(one request) (json.RawMessage, error) {
	values, err := linkerd2.ValuesFromConfigMap(&corev1.ConfigMap{Data: map[string]string{"values": string(one.Values)}})
	if err != nil {
		return nil, err
	}
	values.IdentityTrustAnchorsPEM = one.TrustAnchors
	config := inject.NewResourceConfig(values, inject.OriginWebhook, one.Namespace).
		WithOwnerRetriever(func(*corev1.Pod) (string, string, error) { return one.Kind, one.Name, nil }).
		WithNsAnnotations(map[string]string{}).
		WithKind("Pod")
	report, err := config.ParseMetaAndYAML(one.Pod)
	if err != nil {
		return nil, err
	}
	if injectable, reasons := report.Injectable(); !injectable {
		return nil, fmt.Errorf("it would not be injected: %v", reasons)
	}
	return config.GetPodPatch(true, inject.GetOverriddenValues)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
