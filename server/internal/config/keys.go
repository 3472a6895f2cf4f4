package config

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// KeyBytes is the length of each key.
const KeyBytes = 32

// Keys are the server's secrets. Losing Session ends open visits; losing
// Identity makes known people look new.
type Keys struct {
	Session  []byte `json:"session"`  // signs visitors' sessions
	Identity []byte `json:"identity"` // hashes mail addresses and visitor ids
}

// LoadKeys reads a key file, and makes it with random keys and mode 0600 when
// there is none. Servers that start together agree on one file.
func LoadKeys(path string) (*Keys, error) {
	keys, err := ReadKeys(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, err
	}
	if err := makeKeys(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return ReadKeys(path)
}

// ReadKeys reads a key file and makes none: fs.ErrNotExist.
func ReadKeys(path string) (*Keys, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	var k Keys
	if err := json.Unmarshal(b, &k); err != nil {
		return nil, fmt.Errorf("key file %s: not the JSON that this server writes", path)
	}
	if len(k.Session) != KeyBytes || len(k.Identity) != KeyBytes {
		return nil, fmt.Errorf("key file %s: want members session and identity of %d bytes each, in base64", path, KeyBytes)
	}
	return &k, nil
}

// makeKeys writes a new file beside its place and links it there, so that
// nobody ever reads half of one, and an existing one is never replaced.
func makeKeys(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	k := Keys{make([]byte, KeyBytes), make([]byte, KeyBytes)}
	rand.Read(k.Session)
	rand.Read(k.Identity)
	b, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".keys-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(b, '\n'))
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
