package evidence

import (
	"bytes"
	"testing"

	"assay/shared/fault"
)

func TestEveryKnownKindHasANameThatLeadsBack(t *testing.T) {
	seen := map[string]bool{}
	for k := Kind(1); k <= MaxKnown; k++ {
		name := k.String()
		if name == "" || seen[name] || KindOf(name) != k {
			t.Errorf("kind %d has name %q, which leads to %d", k, name, KindOf(name))
		}
		seen[name] = true
	}
	if len(seen) < 24 {
		t.Errorf("%d kinds in the vocabulary, want at least 24", len(seen))
	}
	if Kind(0).String() != "" || Kind(40).String() != "" || KindOf("nothing") != 0 || KindOf("") != 0 {
		t.Error("a code or name outside the vocabulary was given a meaning")
	}
}

func TestLogReadsBackWhatWasAppended(t *testing.T) {
	in := []Signal{{PageViewed, 0}, {PricingViewed, 127}, {AskStarted, 128}, {FieldAnswered, 128}, {AskSubmitted, MaxMillis}}
	var l Log
	for _, s := range in {
		if err := l.Append(s.Kind, s.Millis); err != nil {
			t.Fatal(err)
		}
	}
	var r Reader
	r.Read(l.Bytes())
	for i, want := range in {
		if got, ok := r.Next(); !ok || got != want {
			t.Fatalf("signal %d is %v, %v; want %v", i, got, ok, want)
		}
	}
	if _, ok := r.Next(); ok || r.Err() != nil {
		t.Fatalf("more signals than appended, or %v", r.Err())
	}
}

func TestAppendKeepsTimeMonotone(t *testing.T) {
	var l Log
	_ = l.Append(PageViewed, 500)
	if err := l.Append(FormViewed, 400); err != nil {
		t.Fatal(err)
	}
	if _, last, err := Check(l.Bytes()); last != 500 || err != nil {
		t.Fatalf("last signal at %d ms, %v; want 500", last, err)
	}
}

func TestLogIsBounded(t *testing.T) {
	var l Log
	for i := 0; i < MaxSignals; i++ {
		if err := l.Append(PageViewed, uint32(i)*160000); err != nil {
			t.Fatalf("signal %d: %v", i, err)
		}
	}
	before := bytes.Clone(l.Bytes())
	if err := l.Append(PageViewed, MaxMillis); err != ErrTooMany {
		t.Fatalf("got %v, want %v", err, ErrTooMany)
	}
	if !bytes.Equal(before, l.Bytes()) {
		t.Fatal("a refused signal changed the log")
	}
	if n, _, err := Check(before); n != MaxSignals || err != nil {
		t.Fatalf("%d signals, %v", n, err)
	}
	for _, c := range []struct {
		kind   Kind
		millis uint32
		want   error
	}{{0, 0, ErrKind}, {64, 0, ErrKind}, {PageViewed, MaxMillis + 1, ErrTime}} {
		var l Log
		if err := l.Append(c.kind, c.millis); err != c.want {
			t.Errorf("Append(%d, %d) = %v, want %v", c.kind, c.millis, err, c.want)
		}
	}
}

func TestHostileLogsAreRefusedByName(t *testing.T) {
	many := append([]byte{Version}, bytes.Repeat([]byte{1, 0}, MaxSignals+1)...)
	for name, c := range map[string]struct {
		log  []byte
		want fault.Code
	}{
		"empty":               {nil, ErrEmpty},
		"version":             {[]byte{9, 1, 0}, ErrVersion},
		"too long":            {append([]byte{Version}, make([]byte, MaxBytes)...), ErrTooLong},
		"too many":            {many, ErrTooMany},
		"kind 0":              {[]byte{Version, 0, 0}, ErrKind},
		"kind 64":             {[]byte{Version, 64, 0}, ErrKind},
		"no time":             {[]byte{Version, 1}, ErrTruncated},
		"half a time":         {[]byte{Version, 1, 0x80}, ErrTruncated},
		"longer than needed":  {[]byte{Version, 1, 0x80, 0}, ErrTime},
		"five bytes":          {[]byte{Version, 1, 0xff, 0xff, 0xff, 0xff, 0x0f}, ErrTime},
		"later than 24 hours": {[]byte{Version, 1, 0x81, 0xb8, 0x99, 0x29}, ErrTime},
	} {
		if _, _, err := Check(c.log); err != c.want {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if c.want.Error() == "" {
			t.Errorf("%s: error without text", name)
		}
	}
}

func TestExtendsKnowsALogThatWentOn(t *testing.T) {
	var l Log
	_ = l.Append(PageViewed, 5)
	earlier := bytes.Clone(l.Bytes())
	_ = l.Append(PricingViewed, 9)
	if !Extends(l.Bytes(), earlier) || Extends(earlier, l.Bytes()) {
		t.Fatal("a log that went on does not extend its earlier self")
	}
}

// FuzzCheck holds every byte string to one rule: it is refused, or encoding
// what was read gives the same bytes.
func FuzzCheck(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{Version})
	f.Add([]byte{Version, 2, 0x81, 1, 28, 3})
	f.Add([]byte{Version, 63, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, log []byte) {
		var r Reader
		var again Log
		r.Read(log)
		for {
			s, ok := r.Next()
			if !ok {
				break
			}
			if err := again.Append(s.Kind, s.Millis); err != nil {
				t.Fatalf("read a signal that cannot be written: %v: %v", s, err)
			}
		}
		if r.Err() == nil && !bytes.Equal(again.Bytes(), log) {
			t.Fatalf("two encodings of one log: %x and %x", log, again.Bytes())
		}
	})
}
