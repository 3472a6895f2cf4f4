package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// restoring ends the name of a copy that is not in place yet.
const restoring = ".restoring"

// Restored is what Restore did.
type Restored struct {
	Contents
	Aside string // where the store that was there before is now; empty without one
}

// Restore puts a backup in place as a folder's store: ErrInUse while a server
// runs there, ErrCommands while a command has it open. A store that is there is refused, unless it is to be replaced;
// then it is kept beside the new one under a name with the instant. The copy is
// checked before it is in place, which is one rename: whatever happens, the
// folder has the old store or the new one.
func Restore(ctx context.Context, from, dir string, replace bool, now time.Time) (_ *Restored, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	server, err := lockServer(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.release()) }()
	commands, err := lockContents(dir, exclusive, ErrCommands)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, commands.release()) }()
	target := filepath.Join(dir, File)
	old, err := isThere(target)
	if err != nil {
		return nil, err
	}
	if old && !replace {
		return nil, fmt.Errorf("%s is there already: add -replace to move it aside", target)
	}
	copied := target + restoring
	defer os.Remove(copied) // of a restore that failed
	if err := copyFile(from, copied); err != nil {
		return nil, err
	}
	c, err := Check(ctx, copied)
	if err != nil {
		return nil, fmt.Errorf("copy of %s: %w", from, err)
	}
	r := &Restored{Contents: *c}
	if old {
		if r.Aside, err = AsideName(target, now); err != nil {
			return nil, err
		}
		if err := setAside(ctx, target, r.Aside); err != nil {
			return nil, fmt.Errorf("move the old store aside: %w", err)
		}
	}
	if err := os.Rename(copied, target); err != nil {
		return nil, err
	}
	return r, syncDir(dir)
}

// AsideName gives a name that nothing has for what a restore at an instant
// replaces.
func AsideName(replaced string, now time.Time) (string, error) {
	first := replaced + ".before-" + now.UTC().Format("20060102T150405Z")
	name := first
	for n := 2; ; n++ {
		if taken, err := isThere(name); err != nil || !taken {
			return name, err
		}
		name = first + "-" + strconv.Itoa(n) // another one in the same second
	}
}

// isThere reports whether a name is taken.
func isThere(name string) (bool, error) {
	_, err := os.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// copyFile makes a copy that only we can read, on the disk.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
