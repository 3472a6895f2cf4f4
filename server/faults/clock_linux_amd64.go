package main

import (
	"encoding/binary"
	"errors"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

// The server reads the clock in many places and through many libraries, so what
// jumps is time.Now of the whole process: its first instructions are replaced by
// a jump to shifted. As when an operator sets the clock, only the wall jumps;
// durations and timers go on.

// canJump tells whether clocks of children can jump here.
const canJump = true

// begun is where shifted counts from.
var begun = time.Now()

// shift is how far the clock was moved, in seconds.
var shift atomic.Int64

// secondBit is the place of a second in time.Time's first word while it holds a
// monotonic reading, as the times that come from begun do.
const secondBit = 30

// instant has the layout of time.Time.
type instant struct {
	wall uint64
	ext  int64
	loc  *time.Location
}

// shifted is what time.Now gives. It must not call time.Now: time.Since reads
// the monotonic clock alone.
func shifted() time.Time {
	t := begun.Add(time.Since(begun))
	(*instant)(unsafe.Pointer(&t)).wall += uint64(shift.Load()) << secondBit
	return t
}

// replace puts shifted in the place of time.Now, once.
var replace = sync.OnceValue(func() error {
	now, ours := time.Now, shifted
	entry := **(**uintptr)(unsafe.Pointer(&now))
	code := binary.LittleEndian.AppendUint64([]byte{0x48, 0xba}, uint64(*(*uintptr)(unsafe.Pointer(&ours)))) // MOVQ $shifted, DX
	code = append(code, 0xff, 0x22)                                                                          // JMP (DX)
	first := entry &^ (uintptr(syscall.Getpagesize()) - 1)
	length := (entry + uintptr(len(code)) - first + uintptr(syscall.Getpagesize()) - 1) &^ (uintptr(syscall.Getpagesize()) - 1)
	if err := protect(first, length, syscall.PROT_READ|syscall.PROT_WRITE|syscall.PROT_EXEC); err != nil {
		return err
	}
	copy(unsafe.Slice((*byte)(at(entry)), len(code)), code)
	return protect(first, length, syscall.PROT_READ|syscall.PROT_EXEC)
})

func protect(first, length uintptr, how uintptr) error {
	if _, _, err := syscall.Syscall(syscall.SYS_MPROTECT, first, length, how); err != 0 {
		return err
	}
	return nil
}

// at makes an address of code a pointer. Code never moves.
func at(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }

// jump moves this process's clock.
func jump(by time.Duration) error {
	if err := replace(); err != nil {
		return err
	}
	before := time.Now()
	shift.Add(int64(by / time.Second))
	if moved := time.Now().Round(0).Sub(before.Round(0)) - by; moved.Abs() > time.Minute {
		return errors.New("time.Now does not obey")
	}
	return nil
}
