// Command oracle gives the verdict of the API server's own code on manifests, without a server: it reads one JSON object
// per line and answers OK, or ERR and why. Built-in kinds are decoded strictly, custom kinds go through everything that
// apiextensions-apiserver does with a new object but CEL.
//
//	oracle <CustomResourceDefinition in JSON>... < manifests
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	serializer "k8s.io/apimachinery/pkg/runtime/serializer/json"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// customKind is what the server keeps of one version of a definition.
type customKind struct {
	structural    *schema.Structural
	validator     validation.SchemaValidator
	statusDropped bool
}

func main() {
	log.SetFlags(0)
	must(apiextensionsv1.AddToScheme(scheme.Scheme))
	must(apiregistrationv1.AddToScheme(scheme.Scheme))
	decoder := serializer.NewSerializerWithOptions(
		serializer.DefaultMetaFactory, scheme.Scheme, scheme.Scheme, serializer.SerializerOptions{Strict: true})
	kinds := map[string]customKind{}
	for _, file := range os.Args[1:] {
		addKinds(kinds, file)
	}

	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 64<<20)
	output := bufio.NewWriter(os.Stdout)
	for input.Scan() {
		if problems := check(decoder, kinds, input.Bytes()); len(problems) > 0 {
			fmt.Fprintln(output, "ERR", strings.ReplaceAll(strings.Join(problems, "; "), "\n", " "))
		} else {
			fmt.Fprintln(output, "OK")
		}
	}
	must(input.Err())
	must(output.Flush())
}

func addKinds(kinds map[string]customKind, file string) {
	text, err := os.ReadFile(file)
	must(err)
	var crd apiextensionsv1.CustomResourceDefinition
	must(json.Unmarshal(text, &crd))
	for _, version := range crd.Spec.Versions {
		props := &apiextensions.JSONSchemaProps{}
		must(apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, props, nil))
		structural, err := schema.NewStructural(props)
		must(err)
		validator, _, err := validation.NewSchemaValidator(props)
		must(err)
		name := crd.Spec.Group + "/" + version.Name + "/" + crd.Spec.Names.Kind
		kinds[name] = customKind{structural, validator, version.Subresources != nil && version.Subresources.Status != nil}
	}
}

func check(decoder runtime.Decoder, kinds map[string]customKind, line []byte) []string {
	var meta struct{ APIVersion, Kind string }
	if err := json.Unmarshal(line, &meta); err != nil {
		return []string{err.Error()}
	}
	if kind, ok := kinds[meta.APIVersion+"/"+meta.Kind]; ok {
		return kind.check(line)
	}
	if _, _, err := decoder.Decode(line, nil, nil); err != nil {
		return []string{err.Error()}
	}
	return nil
}

// check follows the order of the server: unknown fields, dropped status, nulls and defaults, then validation.
func (kind customKind) check(line []byte) (problems []string) {
	var object map[string]interface{}
	if err := utiljson.Unmarshal(line, &object); err != nil {
		return []string{err.Error()}
	}
	_, _, unknown, metaErr := objectmeta.GetObjectMetaWithOptions(object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if metaErr != nil {
		problems = append(problems, metaErr.Error())
	}
	unknown = append(unknown, pruning.PruneWithOptions(object, kind.structural, true,
		schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	if kind.statusDropped {
		delete(object, "status")
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(object, kind.structural)
	defaulting.Default(object, kind.structural)
	coerceErr, unknownMeta := objectmeta.CoerceWithOptions(nil, object, kind.structural, false,
		objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if coerceErr != nil {
		problems = append(problems, coerceErr.Error())
	}
	for _, path := range append(unknown, unknownMeta...) {
		problems = append(problems, "unknown field "+path)
	}
	errors := validation.ValidateCustomResource(nil, object, kind.validator)
	errors = append(errors, listtype.ValidateListSetsAndMaps(nil, kind.structural, object)...)
	for _, err := range objectmeta.Validate(field.NewPath("root"), object, kind.structural, false) {
		// Which names and labels are allowed is no matter of schemas.
		if !strings.Contains(err.Field, ".metadata.") {
			errors = append(errors, err)
		}
	}
	for _, err := range errors {
		problems = append(problems, err.Error())
	}
	return problems
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
