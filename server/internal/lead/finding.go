package lead

import "encoding/json"

// SuspectWeight is what the findings of a touch weigh together when it is
// suspect.
const SuspectWeight = 100

// Finding is one thing that was seen in a touch's evidence. It was written when
// the touch came and is never rewritten.
type Finding struct {
	Code   string `json:"code"`   // stable
	Weight int    `json:"weight"` // 0 to SuspectWeight; 0 explains a verdict and speaks against nobody
	Text   string `json:"text"`   // what was seen, for a rep
}

// UnmarshalJSON implements the json.Unmarshaler interface. Findings that were
// stored before they had weights are their code alone, and stay so.
func (f *Finding) UnmarshalJSON(b []byte) error {
	*f = Finding{}
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &f.Code)
	}
	type plain Finding
	return json.Unmarshal(b, (*plain)(f))
}

// Doubts gives the codes of the findings that speak against a touch.
func Doubts(findings []Finding) []string {
	var codes []string
	for _, f := range findings {
		if f.Weight > 0 {
			codes = append(codes, f.Code)
		}
	}
	return codes
}
