# SPDX-License-Identifier: BSD-2-Clause
# True if the input is a CycloneDX 1.5 bill of materials as its schema says, as
# far as we use it: what is required, what values are allowed, that references
# are unique and lead somewhere.
def text: type == "string" and length > 0;
def identifier: text and test("^[A-Za-z0-9.+-]+$");
def licence:
	(has("expression") and (.expression | text) and (keys | length) == 1) or
	(has("license") and (.license | has("id") and (.id | identifier)));
def component:
	(.type | IN("application", "framework", "library", "container",
	    "operating-system", "device", "firmware", "file")) and
	(.name | text) and (.version | text) and (."bom-ref" | text) and
	((.hashes // []) | all((.alg == "SHA-256") and
	    (.content | test("^[0-9a-f]{64}$")))) and
	((.externalReferences // []) | all((.type == "distribution") and (.url | text))) and
	(.licenses | type == "array" and length > 0 and all(licence)) and
	((keys - ["type", "name", "version", "bom-ref", "hashes",
	    "externalReferences", "licenses"]) == []);
.bomFormat == "CycloneDX" and .specVersion == "1.5" and .version == 1 and
((keys - ["bomFormat", "specVersion", "version", "metadata", "components",
    "dependencies"]) == []) and
(.metadata.timestamp | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$")) and
(.metadata.component | .type == "operating-system" and (.name | text)) and
(.components | length > 0 and all(component)) and
([.components[]."bom-ref"] as $refs |
	($refs | length == (unique | length)) and
	(.dependencies | all((.ref | IN($refs[])) and
	    (.dependsOn | length == (unique | length) and all(IN($refs[]))))))
