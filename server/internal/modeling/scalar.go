package modeling

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"assay/shared/model"
)

// Points is a number of points, kept in thousandths.
type Points int32

// UnmarshalJSON reads a number with at most three decimals, digit by digit:
// 16.1 is 16,100 thousandths, which no binary fraction is.
func (p *Points) UnmarshalJSON(b []byte) error {
	if string(b) == "null" { // left out
		return nil
	}
	text, negative := strings.CutPrefix(string(b), "-")
	whole, decimals, _ := strings.Cut(text, ".")
	if len(decimals) > 3 {
		return fmt.Errorf("points %s: want at most three decimals", b)
	}
	milli, err := strconv.ParseInt(whole+(decimals + "000")[:3], 10, 32)
	if err != nil {
		return fmt.Errorf("points %s: want a number with at most three decimals", b)
	}
	if negative {
		milli = -milli
	}
	*p = Points(milli)
	return nil
}

// String writes points with as many decimals as they have.
func (p Points) String() string {
	return strconv.FormatFloat(float64(p)/1000, 'f', -1, 64)
}

// Duration is a length of time in seconds, written as "7d", "36h", "90m" or
// "30s".
type Duration uint32

var unitSeconds = map[byte]uint64{'d': 86400, 'h': 3600, 'm': 60, 's': 1}

// UnmarshalJSON reads a duration of at most three years.
func (d *Duration) UnmarshalJSON(b []byte) error {
	if string(b) == "null" { // left out
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil || s == "" {
		return fmt.Errorf("duration %s: want text such as \"7d\" or \"36h\"", b)
	}
	unit := unitSeconds[s[len(s)-1]]
	n, err := strconv.ParseUint(s[:len(s)-1], 10, 32)
	if err != nil || unit == 0 {
		return fmt.Errorf("duration %q: want text such as \"7d\" or \"36h\"", s)
	}
	if n*unit > model.MaxDuration {
		return fmt.Errorf("duration %q: want at most %dd", s, model.MaxDuration/86400)
	}
	*d = Duration(n * unit)
	return nil
}

// String writes a duration in its largest whole unit.
func (d Duration) String() string {
	for _, unit := range "dhms" {
		if n := unitSeconds[byte(unit)]; uint64(d)%n == 0 && (d != 0 || unit == 's') {
			return fmt.Sprintf("%d%c", uint64(d)/n, unit)
		}
	}
	return ""
}

// pointsUnit writes whole points with their unit.
func pointsUnit(n int) string {
	if n == 1 || n == -1 {
		return strconv.Itoa(n) + " point"
	}
	return strconv.Itoa(n) + " points"
}
