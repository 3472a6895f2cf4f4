package httpapi

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/evidence"
	"assay/shared/profile"
)

var fuzzNow = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// FuzzTouch feeds the decoder of touches what anybody may send: it never
// panics, and what it takes is within the bounds that the contract names.
func FuzzTouch(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) > MaxBody {
			t.Skip("the adapter refuses longer bodies before they are decoded")
		}
		m, err := parseObject(body)
		if err != nil {
			refused(t, err, "invalid_json")
			return
		}
		m.required("site", maxID)
		sub, unknown, err := decodeTouch(m, fuzzNow)
		if unknown < 0 {
			t.Fatalf("%d unknown members", unknown)
		}
		if err != nil {
			refused(t, err, "invalid_touch")
			return
		}
		within(t, sub)
	})
}

func refused(t *testing.T, err error, code string) {
	var p *Problem
	if !errors.As(err, &p) || p.Code != code {
		t.Fatalf("got %v, want a problem %s", err, code)
	}
	if len(p.Errors) > maxFaults || code == "invalid_touch" && len(p.Errors) == 0 {
		t.Fatalf("%d faults", len(p.Errors))
	}
	if b, err := json.Marshal(p); err != nil || len(b) > 2*MaxBody+8192 {
		t.Fatalf("an answer of %d bytes, %v", len(b), err)
	}
}

func within(t *testing.T, s *intake.Submission) {
	check := func(ok bool, what string) {
		t.Helper()
		if !ok {
			t.Fatalf("%s out of bounds: %+v", what, s)
		}
	}
	texts := func(bound int, what string, list ...string) {
		t.Helper()
		for _, x := range list {
			check(len(x) <= bound && utf8.ValidString(x) && !strings.ContainsRune(x, 0), what)
		}
	}
	check(s.ID != "" && len(s.ID) <= maxID && isID(s.ID), "id")
	check(len(s.Visitor) <= maxID && isID(s.Visitor), "visitor")
	check(s.Type == typeSubmit || s.Type == typeLive || s.Type == typeLeave, "type")
	l := s.Left
	check(s.Type == typeLeave || l == lead.Left{}, "left of another type")
	check(s.Type != typeLeave || len(s.Profile)+len(s.Answers) == 0, "said with a leave")
	texts(maxName, "field", l.Field)
	check(min(l.Answered, l.Corrected, l.Invalid, l.Hesitated, l.Seconds) >= 0 && l.Seconds <= maxLeftSeconds &&
		max(l.Answered, l.Corrected, l.Invalid, l.Hesitated) <= maxLeftCount, "counts")
	check(!s.At.Before(fuzzNow.Add(-maxPast)) && !s.At.After(fuzzNow), "at")
	_, known := profile.FormKindOf(s.FormKind)
	check(s.FormKind == "" || known, "form_kind")
	check(s.Form != "", "form")
	texts(maxForm, "form", s.Form)
	texts(maxURL, "address", s.Page, s.Referrer)
	texts(maxID, "model", s.Model)
	check(len(s.UTM) <= len(utmNames) && len(s.Profile) <= int(profile.Fields) && len(s.Answers) <= maxAnswers && len(s.Visits) <= maxVisits, "count")
	for _, x := range s.UTM {
		texts(maxUTM, "utm", x)
	}
	for name, x := range s.Profile {
		_, ok := profile.FieldOf(name)
		check(ok, "field")
		texts(profile.MaxText, "profile", x)
	}
	for name, x := range s.Answers {
		texts(maxName, "answer's name", name)
		check(utf8.RuneCountInString(x) <= maxAnswer, "answer")
	}
	for _, v := range s.Visits {
		check(v.Session != "" && len(v.Session) <= intake.MaxToken && len(v.Evidence) <= evidence.MaxBytes && len(v.Signals) <= evidence.MaxSignals, "visit")
		check(v.HasSignals == (v.Evidence == nil), "evidence or signals")
		for _, g := range v.Signals {
			check(g.Kind >= 1 && g.Kind <= evidence.MaxKind && g.Millis <= evidence.MaxMillis, "signal")
		}
	}
	if c := s.Claim; c != nil {
		check(c.Engagement <= 100 && c.Fit <= 100 && (c.Band == "cold" || c.Band == "warm" || c.Band == "hot"), "claim")
	}
}

var seeds = []string{
	"", "{", "null", "[]", "{}", `{"id":null}`, `{"id":1,"type":[],"site":{},"at":"","form":false}`,
	`{"id":"01J","type":"submit","site":"demo","visitor":"v1","at":"2026-11-22T10:00:00Z","form":"book-a-demo","form_kind":"demo",
	 "page":"https://northbeck.test/pricing","referrer":"https://search.test/","utm":{"source":"ads","x":"y"},
	 "profile":{"email":"ann@northbeck.test","role":"Head of planning","message":"\u00e9\ud83d\ude00\ud800"},"answers":{"how_heard":"a friend"},
	 "visits":[{"session":"S.S","evidence":"AQEA"},{"session":"S.S","signals":[[1,0],["pricing_viewed",86400000]]}],
	 "model":"9adb1997cca2","claim":{"engagement":61,"fit":72,"band":"hot"},"consent":true,"unknown":{"deep":[[[]]]}}`,
	`{"id":"a","type":"leave","site":"demo","at":"2026-11-14T10:00:00Z","form":"f"}`,
	`{"id":"a","type":"leave","site":"demo","visitor":"v","at":"2026-11-22T10:00:00Z","form":"f","form_kind":"demo","page":"https://a.test/","consent":true,
	 "left":{"field":"company","answered":2,"corrected":1,"invalid":0,"hesitated":1,"seconds":31,"typed":"Ada"},"visits":[{"session":"S.S","evidence":"AQEA"}]}`,
	`{"id":"a","type":"leave","site":"demo","at":"2026-11-22T10:00:00Z","form":"f","profile":{"name":"Ada"},"answers":{"x":"y"},"left":{"field":7,"answered":-1,"corrected":1001,"invalid":1.5,"hesitated":"1","seconds":86401}}`,
	`{"id":"a","type":"leave","site":"demo","at":"2026-11-22T10:00:00Z","form":"f","profile":[],"left":[]}`,
	`{"id":"a","type":"live","site":"demo","at":"2026-11-22T10:00:00Z","form":"f","left":{"field":"#1"}}`,
	`{"id":"a","type":"submit","site":"demo","at":"2026-11-22T10:05:01+00:00","form":"f","form_kind":"x","profile":{"email":"a@b@c"}}`,
	`{"id":"a","type":"submit","site":"demo","at":"2026-11-22T10:00:00Z","form":"f","visits":[null,1,{},{"session":"s"},{"session":"s","evidence":"A===","signals":[]}]}`,
	`{"id":"a","type":"submit","site":"demo","at":"2026-11-22T10:00:00Z","form":"f","visits":[{"session":"s","signals":[[0,0],[64,0],[1,-1],[1,1e9],[1.5,0],["",0],[null,null],[1]]}]}`,
	`{"id":"a","type":"submit","site":"demo","at":"2026-11-22T10:00:00Z","form":"f","claim":{"engagement":-1,"fit":256,"band":null},"consent":0,"answers":{"":"x","a\u0000":"y"}}`,
	`{"id":"a","id":"b","type":"submit","site":"demo","at":"2026-11-22T10:00:00Z","form":"f\u0000"}`,
}

// The widget's own touches are the commonest input of all.
func TestSeedsAreSoundWhereTheyShouldBe(t *testing.T) {
	m, err := parseObject([]byte(seeds[7]))
	if err != nil {
		t.Fatal(err)
	}
	m.required("site", maxID)
	sub, unknown, err := decodeTouch(m, fuzzNow)
	if err != nil || unknown != 2 || len(sub.Visits) != 2 || sub.Claim == nil || *sub.Consent != true || sub.Profile["role"] != "Head of planning" {
		t.Errorf("%+v, %d unknown, %v", sub, unknown, err)
	}
}

func TestMailAddresses(t *testing.T) {
	for _, s := range []string{"a@b", "ann@northbeck.test", "ann.o'hara+x@mail.northbeck.test", "jürgen@müller.test", "ann@xn--mller-kva.test", "1@2.3"} {
		if !intake.ValidEmail(s) {
			t.Errorf("%q refused", s)
		}
	}
	for _, s := range []string{"", "@", "a@", "@b", "a b@c.test", "a@b c", "a@b..c", "a@.b", "a@-b.test", "a@b-.test", "a@b@c", "<a@b>", "a@b,c@d",
		"a@b\n", "Ann <a@b.test>", strings.Repeat("a", 65) + "@b.test", "a@" + strings.Repeat("b", 64), "a@" + strings.Repeat("b.", 130) + "c"} {
		if intake.ValidEmail(s) {
			t.Errorf("%q accepted", s)
		}
	}
}
