// Package maildomain tells free and disposable mail domains from others by
// long public lists, which stay on the server: they label contacts and hold
// them for review, and no score ever counts them (domain rule 12).
package maildomain

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Class is what the lists say of a domain.
type Class uint8

// The classes.
const (
	Unlisted   Class = iota // on no list: a business's own, most likely
	Free                    // of a provider that gives an address to everybody
	Disposable              // of a provider of addresses for ten minutes
)

// String gives the class's name: "free", "disposable", or "" when unlisted.
func (c Class) String() string {
	switch c {
	case Free:
		return "free"
	case Disposable:
		return "disposable"
	}
	return ""
}

// width is the bytes of a domain's hash in a list, as web/lists.mjs packs it.
const width = 6

// Lists are the long lists. The zero value lists nothing. They are safe for
// concurrent use.
type Lists struct {
	disposable, free []byte // sorted hashes
}

// Load reads the lists that the web build packs: disposable.bin and free.bin
// in the folder lists. It fails with an error that is fs.ErrNotExist before the
// first web build.
func Load(dist fs.FS) (*Lists, error) {
	l := &Lists{}
	for _, file := range []struct {
		name string
		into *[]byte
	}{{"lists/disposable.bin", &l.disposable}, {"lists/free.bin", &l.free}} {
		packed, err := fs.ReadFile(dist, file.name)
		if err != nil {
			return nil, fmt.Errorf("mail lists: %w: run the web build", err)
		}
		if !sound(packed) {
			return nil, fmt.Errorf("mail lists: %s is no list: run the web build again", file.name)
		}
		*file.into = packed
	}
	return l, nil
}

// sound reports whether bytes are hashes in ascending order.
func sound(packed []byte) bool {
	if len(packed)%width != 0 {
		return false
	}
	for i := width; i < len(packed); i += width {
		if bytes.Compare(packed[i-width:i], packed[i:i+width]) >= 0 {
			return false
		}
	}
	return true
}

// Bytes gives the memory that the lists take.
func (l *Lists) Bytes() int { return len(l.disposable) + len(l.free) }

// Len gives the number of domains on the lists.
func (l *Lists) Len() int { return l.Bytes() / width }

// Class gives the class of a mail domain, in any letter case and with or
// without a dot at its end. A domain stands for those below it; one under which
// anybody can have a domain ("co.uk", "github.io") never does. The nearest that
// is listed counts.
func (l *Lists) Class(domain string) Class {
	for name := range above(domain) {
		hash := sha256.Sum256([]byte(name))
		switch {
		case has(l.disposable, hash[:width]):
			return Disposable
		case has(l.free, hash[:width]):
			return Free
		}
	}
	return Unlisted
}

// Of gives the name of the class of a mail address's domain: "free",
// "disposable", or "" when unlisted.
func (l *Lists) Of(address string) string {
	return l.Class(address[strings.LastIndexByte(address, '@')+1:]).String()
}

func has(list, hash []byte) bool {
	n := len(list) / width
	i := sort.Search(n, func(i int) bool { return bytes.Compare(list[i*width:(i+1)*width], hash) >= 0 })
	return i < n && bytes.Equal(list[i*width:(i+1)*width], hash)
}

// longest is the longest name that DNS allows.
const longest = 253

// above gives a domain and those above it, up to the one that was registered.
func above(domain string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		name, err := ascii(domain)
		if err != nil || !yield(name) {
			return
		}
		registered, err := publicsuffix.EffectiveTLDPlusOne(name)
		for err == nil && len(name) > len(registered) {
			if _, name, _ = strings.Cut(name, "."); !yield(name) {
				return
			}
		}
	}
}

var errName = errors.New("maildomain: no domain")

// ascii gives a domain as the lists write it.
func ascii(domain string) (string, error) {
	name := strings.TrimSuffix(strings.TrimSpace(domain), ".")
	if name == "" || len(name) > longest {
		return "", errName
	}
	return idna.ToASCII(strings.ToLower(name))
}
