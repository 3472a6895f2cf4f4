package main

import (
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// room is how much a small disk holds.
const room = "size=48m"

// newDisk gives a server a disk that can be full. A small one of its own needs
// the right to mount.
func newDisk(p *process, own bool) (disk, error) {
	dir := p.settings.dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if own {
		if err := unix.Mount("tmpfs", dir, "tmpfs", 0, room); err == nil {
			return newSmallDisk(dir), nil
		} else if !errors.Is(err, fs.ErrPermission) {
			return nil, err
		}
	}
	return &limitedFiles{p}, nil
}

// smallDisk is a file system in memory. It must not outlive us: it is unmounted
// when somebody interrupts the suite, too.
type smallDisk struct {
	dir         string
	interrupted chan os.Signal
}

func newSmallDisk(dir string) *smallDisk {
	d := &smallDisk{dir, make(chan os.Signal, 1)}
	signal.Notify(d.interrupted, os.Interrupt, unix.SIGTERM)
	go func() {
		if _, ok := <-d.interrupted; ok {
			_ = unix.Unmount(dir, unix.MNT_DETACH)
			os.Exit(failure)
		}
	}()
	return d
}

func (d *smallDisk) name() string { return "a full disk" }
func (d *smallDisk) path() string { return filepath.Join(d.dir, "filler") }
func (d *smallDisk) fill() error  { return filler(d.path()) }
func (d *smallDisk) free() error  { return os.Remove(d.path()) }

func (d *smallDisk) close() error {
	signal.Stop(d.interrupted)
	close(d.interrupted)
	return unix.Unmount(d.dir, unix.MNT_DETACH)
}

// limitedFiles lets no file of a server grow.
type limitedFiles struct{ p *process }

func (d *limitedFiles) name() string { return "files that must not grow" }

func (d *limitedFiles) fill() error {
	size, err := largest(d.p.settings.dir)
	if err != nil {
		return err
	}
	return d.limit(size)
}

func (d *limitedFiles) free() error {
	select {
	case <-d.p.ended: // and the limit with it
		return nil
	default:
		return d.limit(unix.RLIM_INFINITY)
	}
}

func (d *limitedFiles) close() error { return nil }

func (d *limitedFiles) limit(size uint64) error {
	return unix.Prlimit(d.p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: unix.RLIM_INFINITY}, nil)
}

// largest gives the size of the largest file in a folder.
func largest(dir string) (size uint64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size = max(size, uint64(info.Size()))
		}
		return err
	})
	return size, err
}
