package modeling

import _ "embed"

// StarterSource is the model that a new site begins with, in the authoring
// format. Its points, caps and thresholds are defaults that published models
// agree on; RATIONALE.md names the sources.
//
//go:embed starter.json
var StarterSource []byte
