package httpapi

import (
	"bytes"
	"encoding/base64"
	"testing"
)

// A page that brings a function of its own for base64 may write any of them, and its
// visitors' enquiries were refused for the letters.
func TestEvidenceIsReadInEveryWayToWriteBase64(t *testing.T) {
	log := []byte{1, 0xfb, 0xef, 0xff, 0xbe, 0, 62}
	for _, way := range []*base64.Encoding{base64.RawURLEncoding, base64.URLEncoding, base64.StdEncoding, base64.RawStdEncoding} {
		text := way.EncodeToString(log)
		m, err := parseObject([]byte(`{"visits": [{"session": "s", "evidence": "` + text + `"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		visits, _ := decodeVisits(m)
		if len(m.faults.list) > 0 || len(visits) != 1 || !bytes.Equal(visits[0].Evidence, log) {
			t.Errorf("%s is read as %+v, with faults %+v", text, visits, m.faults.list)
		}
	}
}
