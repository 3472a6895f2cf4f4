package transfer

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// rows reads a whole file as an import would.
func rows(t testing.TB, format Format, file []byte) (list []*record, p *plan) {
	in, _, err := text(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var src source = openNDJSON(in)
	if format == CSV {
		if src, err = openCSV(in); err != nil {
			return nil, nil
		}
	}
	first, err := head(src)
	if err != nil {
		t.Fatal(err)
	}
	p = planFor(src, first, nil, true)
	for r := (*record)(nil); ; {
		if len(first) > 0 {
			r, first = first[0], first[1:]
		} else if r, err = src.next(); err == io.EOF {
			return list, p
		} else if err != nil {
			t.Fatal(err)
		}
		p.grow(src.columns())
		list = append(list, r)
	}
}

// Whatever a file holds, it is read to its end, its rows come in order and within
// bounds, and a good row is one that intake can take.
func FuzzRow(f *testing.F) {
	for _, seed := range []string{"email,name\na@x.test,A\n", "\ufeffE-Mail;Name\r\na@x.test;\"A;B\"\r\n", "sep=|\nemail|name\na@x.test|\"open\nb@x.test|B\n",
		`{"email":"a@x.test","answers":{"x":"y"},"n":[1,{"a":2}]}` + "\n{\n", "\xff\xfee\x00m\x00a\x00i\x00l\x00\n\x00a\x00@\x00x\x00\n\x00",
		"email,created,seen,stage,converted\na@x.test,3/4/2025,4.3.2025 10:00,Closed - Won,1\n", "email\n" + strings.Repeat("x", MaxRow+5_000) + "\na@x.test\n"} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	f.Fuzz(func(t *testing.T, file []byte, lines bool) {
		format := CSV
		if lines {
			format = NDJSON
		}
		list, p := rows(t, format, file)
		last := 0
		for _, r := range list {
			if r.row <= last || r.size > 2*MaxRow {
				t.Fatalf("row %d of %d bytes comes after row %d", r.row, r.size, last)
			}
			last = r.row
			row, _, faults := p.read(r, "s", "import", now)
			if (row == nil) != (len(faults) > 0) {
				t.Fatalf("row %d: %v with %v", r.row, row, faults)
			}
			if row == nil {
				continue
			}
			for field, said := range row.Profile {
				if said == "" || !utf8.ValidString(said) || strings.Contains(said, "\x00") {
					t.Fatalf("%s is %q", field, said)
				}
			}
			if row.At.After(now) || row.Since.After(now) || len(row.ID) > 64 {
				t.Fatalf("%+v", row)
			}
		}
	})
}

// What the standard library writes and reads, we read alike.
func FuzzCSV(f *testing.F) {
	f.Add("a", "b,c", "d\"e", "f\ng")
	f.Add("", " x", "\"", "\r\n")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		want := [][]string{{"w", "x", "y", "z"}, {"1", a, b, c}, {"2", d, a, "end"}}
		for _, s := range []string{a, b, c, d} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\ufeff") || guard(s) != s || strings.HasPrefix(s, "'") || len(s) > 10_000 {
				return
			}
		}
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		in := newSplitter(&out, ',')
		for _, row := range want {
			raw, fault, err := in.next()
			if err != nil || fault != nil {
				t.Fatalf("%q: %v, %v", row, fault, err)
			}
			if got := fields(raw, ','); !slices.Equal(got, row) {
				t.Fatalf("%q became %q", row, got)
			}
		}
		if _, _, err := in.next(); err != io.EOF {
			t.Fatalf("something comes after the last row: %v", err)
		}
	})
}

func TestFilesOfEveryEncodingAreRead(t *testing.T) {
	wide := func(order string, s string) []byte {
		var b []byte
		for _, c := range s {
			if order == "big" {
				b = append(b, byte(c>>8), byte(c))
			} else {
				b = append(b, byte(c), byte(c>>8))
			}
		}
		return b
	}
	const file = "E-Mail;Name\nü@x.test;Jürgen\n"
	for what, b := range map[string][]byte{
		"UTF-8": []byte(file), "UTF-8 with a mark": []byte("\ufeff" + file),
		"UTF-16": wide("little", "\ufeff"+file), "UTF-16 the other way": wide("big", "\ufeff"+file),
		"UTF-16 without a mark": wide("little", file), "and that the other way": wide("big", file),
		"Windows-1252": []byte("E-Mail;Name\n\xfc@x.test;J\xfcrgen\n"),
	} {
		list, p := rows(t, CSV, b)
		if len(list) != 1 || p.columns[0].Target != "email" || list[0].value(0) != "ü@x.test" || list[0].value(1) != "Jürgen" {
			t.Errorf("%s: %+v %+v", what, list, p)
		}
	}
}

func TestADateIsReadAsItsColumnIsWritten(t *testing.T) {
	for _, c := range []struct {
		text string
		o    order
		want string
	}{
		{"2025-03-04", monthFirst, "2025-03-04T00:00:00Z"}, {"2025-03-04 05:06", dayFirst, "2025-03-04T05:06:00Z"},
		{"2025-03-04T05:06:07+02:00", monthFirst, "2025-03-04T03:06:07Z"}, {"2025-03-04T05:06:07.000+0000", monthFirst, "2025-03-04T05:06:07Z"},
		{"3/4/2025", monthFirst, "2025-03-04T00:00:00Z"}, {"3/4/2025", dayFirst, "2025-04-03T00:00:00Z"},
		{"3/4/2025 5:06 PM", monthFirst, "2025-03-04T17:06:00Z"}, {"04.03.2025 05:06", dayFirst, "2025-03-04T05:06:00Z"},
		{"4.3.25", dayFirst, "2025-03-04T00:00:00Z"}, {"1741064767000", monthFirst, "2025-03-04T05:06:07Z"}, {"1741064767", monthFirst, "2025-03-04T05:06:07Z"},
		{"Mar 4, 2025", monthFirst, "2025-03-04T00:00:00Z"}, {"25/12/2025", monthFirst, ""}, {"yesterday", monthFirst, ""}, {"0001-01-01", monthFirst, ""}, {"12", monthFirst, ""},
	} {
		at, ok := date(c.text, c.o)
		got := ""
		if ok {
			got = at.Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
	}
	for _, c := range []struct {
		samples []string
		o       order
		sure    bool
	}{
		{[]string{"1/2/2025", "25/2/2025"}, dayFirst, true}, {[]string{"1/2/2025", "2/25/2025"}, monthFirst, true}, {[]string{"1/2/2025"}, monthFirst, false},
		{[]string{"1.2.2025"}, dayFirst, true}, {[]string{"2025-01-02", ""}, monthFirst, true}, {[]string{"13/1/2025", "1/13/2025"}, dayFirst, false},
	} {
		if o, sure := orderOf(c.samples); o != c.o || sure != c.sure {
			t.Errorf("%v: %s, sure: %v", c.samples, orderNames[o], sure)
		}
	}
}
