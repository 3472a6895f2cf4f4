package lead

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
