package httpapi

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"assay/server/internal/intake"
	"assay/shared/evidence"
)

const maxSession = 512 // bytes of a signed session

// decodeVisits reads visits within their bounds. Whether their logs are sound
// and plausible is intake's to say.
func decodeVisits(m *members) (visits []intake.RawVisit, unknown int) {
	var raw []json.RawMessage
	if !m.decode("visits", "a list", &raw) {
		return nil, 0
	}
	if len(raw) > maxVisits {
		m.fault("visits", "too_many", "want at most %d visits", maxVisits)
		return nil, 0
	}
	for i, b := range raw {
		v := &members{path: fmt.Sprintf("/visits/%d", i), faults: m.faults}
		if err := json.Unmarshal(b, &v.raw); err != nil || v.raw == nil {
			m.faults.add(v.path, "invalid_type", "want an object")
			continue
		}
		visits = append(visits, decodeVisit(v))
		unknown += v.unknown()
	}
	return visits, unknown
}

func decodeVisit(v *members) intake.RawVisit {
	out := intake.RawVisit{Session: v.required("session", maxSession)}
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
		log, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimRight(text, "="))
		if err != nil || len(log) > evidence.MaxBytes {
			v.fault("evidence", "invalid_evidence", "want at most %d bytes in base64url", evidence.MaxBytes)
		}
		out.Evidence = log
	}
	return out
}

func decodeSignals(v *members) (signals []evidence.Signal, has bool) {
	var raw []json.RawMessage
	if !v.decode("signals", "a list of [kind, ms]", &raw) {
		return nil, false
	}
	if len(raw) > evidence.MaxSignals {
		v.fault("signals", "too_many", "want at most %d signals", evidence.MaxSignals)
		return nil, true
	}
	signals = make([]evidence.Signal, 0, len(raw))
	for i, b := range raw {
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
	var pair []json.RawMessage
	if json.Unmarshal(b, &pair) != nil || len(pair) != 2 {
		return s, false
	}
	var name string
	var kind, ms uint32
	if json.Unmarshal(pair[0], &name) == nil {
		kind = uint32(evidence.KindOf(name))
	} else if json.Unmarshal(pair[0], &kind) != nil {
		return s, false
	}
	if json.Unmarshal(pair[1], &ms) != nil || string(pair[1]) == "null" {
		return s, false
	}
	return evidence.Signal{Kind: evidence.Kind(kind), Millis: ms},
		kind >= 1 && kind <= uint32(evidence.MaxKind) && ms <= evidence.MaxMillis
}
