package httpapi

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"assay/server/internal/intake"
	"assay/shared/evidence"
)

// decodeVisits reads visits within their bounds. Whether their logs are sound
// and plausible is intake's to say.
func decodeVisits(m *members) (visits []intake.RawVisit, unknown int) {
	list, _ := m.values("visits", maxVisits)
	for i, b := range list {
		v := m.element("visits", i, b)
		if v.list == nil {
			continue
		}
		visits = append(visits, decodeVisit(v))
		unknown += v.unknown()
	}
	return visits, unknown
}

// urlLetters writes base64 with the letters of base64url. A page may have put a function
// of its own in place of the browser's that knows only the others: an enquiry must not
// be refused for that.
var urlLetters = strings.NewReplacer("+", "-", "/", "_")

func decodeVisit(v *members) intake.RawVisit {
	out := intake.RawVisit{Session: v.required("session", intake.MaxToken)}
	before := len(v.faults.list)
	text := v.text("evidence", base64.URLEncoding.EncodedLen(evidence.MaxBytes))
	out.Signals, out.HasSignals = decodeSignals(v)
	switch {
	case len(v.faults.list) > before:
	case text != "" && out.HasSignals:
		v.fault("signals", "conflict", "want evidence or signals, not both")
	case out.HasSignals:
	case text == "":
		v.fault("evidence", "required", "want evidence, or signals where no engine ran")
	default:
		log, err := base64.RawURLEncoding.Strict().DecodeString(urlLetters.Replace(strings.TrimRight(text, "=")))
		if err != nil || len(log) > evidence.MaxBytes {
			v.fault("evidence", "invalid_evidence", "want at most %d bytes in base64url", evidence.MaxBytes)
		}
		out.Evidence = log
	}
	return out
}

func decodeSignals(v *members) (signals []evidence.Signal, has bool) {
	list, has := v.values("signals", evidence.MaxSignals)
	if !has {
		return nil, false
	}
	signals = make([]evidence.Signal, 0, len(list))
	for i, b := range list {
		s, ok := decodeSignal(b)
		if !ok {
			v.faults.add(fmt.Sprintf("%s/signals/%d", v.path, i), "invalid_signal",
				"want [kind, ms]: a kind from 1 to %d or its name, and 0 to %d ms", evidence.MaxKind, evidence.MaxMillis)
			continue
		}
		signals = append(signals, s)
	}
	return signals, true
}

func decodeSignal(b []byte) (s evidence.Signal, ok bool) {
	pair, ok := splitList(b)
	if !ok || len(pair) != 2 {
		return s, false
	}
	kind, err := strconv.ParseUint(string(pair[0]), 10, 8)
	if name, ok := textOf(pair[0]); ok {
		kind, err = uint64(evidence.KindOf(name)), nil
	}
	ms, msErr := strconv.ParseUint(string(pair[1]), 10, 32)
	return evidence.Signal{Kind: evidence.Kind(kind), Millis: uint32(ms)},
		err == nil && msErr == nil && kind >= 1 && kind <= uint64(evidence.MaxKind) && ms <= evidence.MaxMillis
}
