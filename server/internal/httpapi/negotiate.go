package httpapi

import (
	"strconv"
	"strings"
)

// weightOf gives how much a client wants a content coding, by its
// Accept-Encoding: 0 is not at all, 1000 is most (RFC 9110, 12.5.3).
func weightOf(accept, coding string) int {
	weight, star := -1, 0
	for part := range strings.SplitSeq(accept, ",") {
		name, param, _ := strings.Cut(part, ";")
		q := 1000
		if text, ok := strings.CutPrefix(strings.ReplaceAll(param, " ", ""), "q="); ok {
			f, err := strconv.ParseFloat(text, 64)
			if err != nil || f < 0 || f > 1 {
				f = 0
			}
			q = int(f * 1000)
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case coding:
			weight = q
		case "*":
			star = q
		}
	}
	if weight < 0 {
		return star
	}
	return weight
}
