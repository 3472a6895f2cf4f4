package maildomain

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"assay/web"
)

// packed makes a list as the web build does.
func packed(domains ...string) *fstest.MapFile {
	var hashes [][]byte
	for _, d := range domains {
		hash := sha256.Sum256([]byte(d))
		hashes = append(hashes, hash[:width])
	}
	slices.SortFunc(hashes, bytes.Compare)
	return &fstest.MapFile{Data: bytes.Join(hashes, nil)}
}

func TestADomainStandsForThoseBelowIt(t *testing.T) {
	l, err := Load(fstest.MapFS{
		"lists/disposable.bin": packed("tenminutes.test", "sub.provider.test", "com", "co.uk", "xn--bcher-kva.test", "dynv6.net"),
		"lists/free.bin":       packed("freemail.test", "provider.test"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for domain, want := range map[string]Class{
		"tenminutes.test": Disposable, "TenMinutes.TEST.": Disposable, "a.b.tenminutes.test": Disposable,
		"freemail.test": Free, "mail.freemail.test": Free,
		"provider.test": Free, "x.provider.test": Free, "sub.provider.test": Disposable, "x.sub.provider.test": Disposable,
		"nottenminutes.test": Unlisted, "works.test": Unlisted, "test": Unlisted,
		"works.com": Unlisted, "works.co.uk": Unlisted, // nobody registered what stands above
		"someone.dynv6.net": Unlisted, "dynv6.net": Disposable,
		"bücher.test": Disposable, "mail.BÜCHER.test": Disposable,
		"": Unlisted, ".": Unlisted, "..": Unlisted, "a..b": Unlisted, strings.Repeat("a.", 200) + "tenminutes.test": Unlisted,
	} {
		if got := l.Class(domain); got != want {
			t.Errorf("%q is %q, want %q", domain, got, want)
		}
	}
	if l.Of("Ada@x.tenminutes.test") != "disposable" || l.Of("no address") != "" || l.Of("a@") != "" {
		t.Error("an address is not read by its domain")
	}
	if l.Len() != 8 || l.Bytes() != 48 {
		t.Errorf("%d domains in %d bytes", l.Len(), l.Bytes())
	}
	if (&Lists{}).Class("tenminutes.test") != Unlisted {
		t.Error("empty lists list something")
	}
}

func TestBrokenListsAreRefused(t *testing.T) {
	good, odd := packed("a.test", "b.test"), packed("a.test")
	odd.Data = odd.Data[:5]
	swapped := packed("a.test", "b.test")
	swapped.Data = append(swapped.Data[width:], good.Data[:width]...)
	for name, bad := range map[string]*fstest.MapFile{"a byte short": odd, "out of order": swapped} {
		if _, err := Load(fstest.MapFS{"lists/disposable.bin": good, "lists/free.bin": bad}); err == nil {
			t.Errorf("%s: it was taken", name)
		}
	}
	if _, err := Load(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without lists: %v", err)
	}
}

// The lists as they are shipped.
func TestTheBuiltListsKnowWhatPeopleUse(t *testing.T) {
	l, err := Load(web.Dist())
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the web build has not run yet")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d domains in %d bytes", l.Len(), l.Bytes())
	for domain, want := range map[string]Class{
		"mailinator.com": Disposable, "x.mailinator.com": Disposable, "yopmail.com": Disposable, "guerrillamail.com": Disposable,
		"gmail.com": Free, "gmx.de": Free, "web.de": Free, "qq.com": Free, "mail.ru": Free,
		"siemens.com": Unlisted, "example.com": Unlisted, "ox.ac.uk": Unlisted, "europa.eu": Unlisted,
	} {
		if got := l.Class(domain); got != want {
			t.Errorf("%s is %q, want %q", domain, got, want)
		}
	}
	if l.Len() < 100_000 {
		t.Errorf("only %d domains", l.Len())
	}
}

// FuzzClass holds every text to one rule: it has a class, and nothing breaks.
func FuzzClass(f *testing.F) {
	l, err := Load(fstest.MapFS{"lists/disposable.bin": packed("tenminutes.test"), "lists/free.bin": packed("freemail.test")})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("a.tenminutes.test")
	f.Add("\xff.ß.\u0000")
	f.Fuzz(func(t *testing.T, domain string) {
		if c := l.Class(domain); c > Disposable {
			t.Errorf("%q has class %d", domain, c)
		}
	})
}

func BenchmarkClass(b *testing.B) {
	l, err := Load(web.Dist())
	if err != nil {
		b.Skip(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		l.Class("mail.works.example.com")
	}
}
