package transfer_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"assay/server/internal/desk"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/transfer"
	"assay/shared/profile"
)

func (h *house) export(format transfer.Format, q desk.Query) string {
	h.t.Helper()
	var b bytes.Buffer
	e := &transfer.Export{From: h.desk, Site: "s", Query: q, Answers: h.site.Answers, Format: format}
	last := 0
	n, err := e.Run(bg, &b, func(n int) error {
		if n != last+1 {
			h.t.Errorf("%d leads after %d", n, last)
		}
		last = n
		return nil
	})
	if err != nil || n != last {
		h.t.Fatalf("%d of %d leads: %v", n, last, err)
	}
	return b.String()
}

// nasty are texts that somebody may have said in a form.
var nasty = []string{"=1+1", "'=1+1", "''@x", "+49 30 1", "-5", "@x", "\tx", "\rx", "\nx", "＝1", "'", "''", "'x", `"`, `a"b`, "a,b", "a;b",
	"two\nlines", "two\r\nlines", " led by a space", "trailed by one ", "ümläüt 日本", "\u202eright to left", `\`, "x;=1+1", "x;'=1+1", "x\t@1",
	"x;\"=1+1\"", "x\n-1;", "x;;''+1", "a,b;=1+1", "x;＝1", ";", "=HYPERLINK(\"http://x.test\")"}

func TestWhatIsExportedComesBackAsItWas(t *testing.T) {
	h := open(t)
	for i, text := range nasty {
		p := map[string]string{"email": fmt.Sprintf("p%d@works.test", i), "name": text, "message": text + text, "company": "Works " + text}
		sub := &intake.Submission{ID: fmt.Sprint("t", i), Type: "submit", At: h.now, Form: "book", FormKind: "download", Profile: p,
			Answers: map[string]string{"how_heard": text}, UTM: map[string]string{"source": text}}
		if err := h.in.Accept(bg, h.site, sub); err != nil {
			t.Fatal(err)
		}
	}
	h.load(transfer.CSV, "email,stage,reason,created,seen,objected\nno@x.test,lead,,,,true\nwon@x.test,customer,,2020-01-02T03:04:05.678Z,2025-01-02,\nout@x.test,disqualified,bad_timing,,,\ngone@x.test,lost,too_many_competitors,,,\nspam@x.test,junk,test,,,\nsub@x.test,subscriber,,,,\n")
	want := h.leads()
	for _, format := range []transfer.Format{transfer.CSV, transfer.NDJSON} {
		again := open(t)
		text := h.export(format, desk.Query{})
		if sum, results := again.load(format, text); sum.Created != len(want) || sum.Failed != 0 {
			t.Fatalf("%s: %+v %+v", format, sum, results)
		}
		for mail, got := range again.leads() {
			w := want[mail]
			if !maps.Equal(got.Profile, w.Profile) || !maps.Equal(got.Answers, w.Answers) || got.Stage != w.Stage || got.Source != w.Source ||
				got.Objected != w.Objected || !got.FirstSeen.Equal(w.FirstSeen) || !got.LastSeen.Equal(w.LastSeen) {
				t.Errorf("%s: %q came back as\n%+v, was\n%+v", format, mail, got, w)
			}
			if len(w.Transitions) > 0 && w.Stage != "lead" {
				if g, w := got.Transitions[len(got.Transitions)-1].Reason, w.Transitions[len(w.Transitions)-1].Reason; g != w {
					t.Errorf("%s: %s is there for %q, was for %q", format, mail, g, w)
				}
			}
		}
	}
}

func TestNoCellOfAnExportIsAFormula(t *testing.T) {
	h := open(t)
	for i, text := range nasty {
		sub := &intake.Submission{ID: fmt.Sprint("t", i), Type: "submit", At: h.now, Form: text, Page: text, FormKind: "demo",
			Profile: map[string]string{"email": fmt.Sprintf("p%d@works.test", i), "name": text, "company": text}, UTM: map[string]string{"source": text}}
		if err := h.in.Accept(bg, h.site, sub); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(h.export(transfer.CSV, desk.Query{}))).ReadAll()
	if err != nil || len(rows) != len(nasty)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for i, cell := range row {
			if strings.IndexAny(cell, "=+-@\t\r\n＝＋－＠") == 0 {
				t.Errorf("%s: %q", rows[0][i], cell)
			}
		}
	}
}

// A row was held to the 64 KiB of a touch, and an answer to 2,000 bytes where a
// page may send as many characters: such contacts were exported and did not come
// back.
func TestTheLongestRecordComesBack(t *testing.T) {
	h := open(t)
	p := map[string]string{}
	for f := range profile.Fields {
		p[f.String()] = strings.Repeat(`"`, profile.MaxText)
	}
	p["email"] = "ada@works.test"
	h.site.Answers = nil
	answers, source := map[string]string{}, strings.Repeat("ü", 500)
	for i := range 16 {
		name := fmt.Sprintf("question_%d", i)
		h.site.Answers, answers[name] = append(h.site.Answers, name), strings.Repeat("日", 2000)
	}
	for i, said := range []*intake.Submission{{Profile: p}, {Profile: map[string]string{"email": p["email"]}, Answers: answers}} {
		said.ID, said.Type, said.At, said.Form, said.FormKind, said.UTM = fmt.Sprint("t", i), "submit", h.now, "book", "demo", map[string]string{"source": source}
		if err := h.in.Accept(bg, h.site, said); err != nil {
			t.Fatal(err)
		}
	}
	for _, format := range []transfer.Format{transfer.CSV, transfer.NDJSON} {
		again := open(t)
		again.site.Answers = h.site.Answers
		_, results := again.load(format, h.export(format, desk.Query{}))
		ada := again.leads()["ada@works.test"]
		if ada == nil {
			t.Fatalf("%s: %+v", format, results)
		}
		if !maps.Equal(ada.Profile, p) || !maps.Equal(ada.Answers, answers) || ada.Source != source {
			t.Errorf("%s: it came back as another", format)
		}
	}
}

// within are formulas behind what a program that reads no commas takes for the end
// of a cell.
var within = regexp.MustCompile(`[;\t\r\n"][=+@＝＋－＠-]`)

// A cell such as "x;=1+1" was left as it is: a spreadsheet whose lists are written
// with semicolons parts it there and runs the rest.
func TestNoCellOfAnExportIsAFormulaWhereSemicolonsSeparate(t *testing.T) {
	h := open(t)
	for i, text := range nasty {
		sub := &intake.Submission{ID: fmt.Sprint("t", i), Type: "submit", At: h.now, Form: "book", Page: text, FormKind: "demo",
			Profile: map[string]string{"email": fmt.Sprintf("p%d@works.test", i), "name": text}, UTM: map[string]string{"source": text}}
		if err := h.in.Accept(bg, h.site, sub); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range strings.Split(h.export(transfer.CSV, desk.Query{}), "\n") {
		for _, end := range []string{";", "\t", `"`} {
			for _, cell := range strings.Split(line, end) {
				if strings.IndexAny(cell, "=+-@＝＋－＠") == 0 {
					t.Errorf("%q separates %q, of %q", end, cell, line)
				}
			}
		}
	}
}

func TestAnyTextComesBackFromASafeCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("'=+-@\t\r\nx ＝;\""))).Draw(t, "text")
		safe := transfer.Guard(s)
		if got := transfer.Unguard(safe); got != s {
			t.Fatalf("%q became %q, and then %q", s, safe, got)
		}
		if safe != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(safe)[0]) || within.MatchString(safe) {
			t.Fatalf("%q became %q", s, safe)
		}
	})
}

func TestAWalkGivesEachLeadOnceWhateverIsWritten(t *testing.T) {
	h := open(t)
	var b strings.Builder
	b.WriteString("email,stage\n")
	for i := range 450 {
		fmt.Fprintf(&b, "p%d@works.test,lead\n", i)
	}
	h.load(transfer.CSV, b.String())
	seen := map[string]int{}
	err := h.desk.Walk(bg, "s", desk.Query{}, func(l *lead.Lead, v *desk.View) error {
		if len(seen)%100 == 0 { // newest again, and so at the front of every list
			h.load(transfer.CSV, "email,role\n"+l.Field("email")+fmt.Sprintf(",Head %d\n", len(seen)))
		}
		seen[v.ID]++
		return nil
	})
	if err != nil || len(seen) != 450 {
		t.Fatalf("%d leads, %v", len(seen), err)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
}
