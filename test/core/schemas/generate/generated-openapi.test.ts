import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goName, readGeneratedOpenApi } from '../../../../scripts/core/schemas/generate/generated-openapi.ts';

/** Two definitions in the form that openapi-gen writes. */
const source = `
func schema_k8sio_api_core_v1_ServicePort(ref common.ReferenceCallback) common.OpenAPIDefinition {
	return common.OpenAPIDefinition{
		Schema: spec.Schema{
			SchemaProps: spec.SchemaProps{
				Type:        []string{"object"},
				Properties: map[string]spec.Schema{
					"name": {
						SchemaProps: spec.SchemaProps{
							Description: "A text with Enum: []interface{}{\\"x\\"}, in it.",
							Default:     "",
							Type:        []string{"string"},
						},
					},
					"protocol": {
						SchemaProps: spec.SchemaProps{
							Description: "Possible enum values:\\n - \`\\"TCP\\"\` is the TCP protocol.",
							Default:     "TCP",
							Type:        []string{"string"},
							Enum:        []interface{}{"SCTP", "TCP", "UDP"},
						},
					},
					"modes": {
						SchemaProps: spec.SchemaProps{
							Type: []string{"array"},
							Items: &spec.SchemaOrArray{
								Schema: &spec.Schema{
									SchemaProps: spec.SchemaProps{
										Default: "",
										Type:    []string{"string"},
										Enum:    []interface{}{"A", "B"},
									},
								},
							},
						},
					},
				},
			},
		},
	}
}

func schema_pkg_apis_meta_v1_Empty(ref common.ReferenceCallback) common.OpenAPIDefinition {
	return common.OpenAPIDefinition{}
}
`;

test('enums of properties and of items, and defaults that mean something, are read', () => {
  const facts = readGeneratedOpenApi(source);
  assert.deepEqual([...facts.keys()], ['k8sio_api_core_v1_ServicePort']);
  assert.deepEqual(Object.fromEntries(facts.get('k8sio_api_core_v1_ServicePort') ?? []), {
    protocol: { enum: ['SCTP', 'TCP', 'UDP'], default: 'TCP' },
    modes: { enum: ['A', 'B'] },
  });
});

test('definitions are found under the names of the Go functions', () => {
  assert.equal(goName('io.k8s.api.core.v1.ServicePort'), 'k8sio_api_core_v1_ServicePort');
  assert.equal(goName('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'), 'pkg_apis_meta_v1_ObjectMeta');
  assert.equal(
    goName('io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps'),
    'pkg_apis_apiextensions_v1_JSONSchemaProps',
  );
});
