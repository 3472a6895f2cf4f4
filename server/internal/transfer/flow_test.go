package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/transfer"
)

// An objection comes along, and stands against files that do not know of it
// (domain rule 31).
func TestAnObjectionStandsThroughImports(t *testing.T) {
	h := open(t)
	h.load(transfer.CSV, "email,role,company size,objected\nada@works.test,Head of Operations,51-200,yes\n")
	h.now = h.now.Add(time.Second)
	h.load(transfer.CSV, "email,role,company size\nada@works.test,CEO,501-1000\n")
	ada := h.leads()["ada@works.test"]
	if !ada.Objected || ada.Cell.Fit != 0 || ada.Field("role") != "CEO" {
		t.Errorf("%+v", ada)
	}
}

// Rows of one person come in the order of the file, however many are on their way.
func TestOfTwoRowsOfAPersonTheLaterCounts(t *testing.T) {
	h := open(t)
	var ticks atomic.Int64
	h.in = intake.New(h.store, intake.Keys{Session: make([]byte, 32), Identity: make([]byte, 32)},
		func() time.Time { return now.Add(time.Duration(ticks.Add(1))) }, func(string) {})
	var b strings.Builder
	b.WriteString("email,role,seen\n")
	for i := range 300 {
		fmt.Fprintf(&b, "p%d@works.test,Head %d,2026-01-02\n", i%3, i)
	}
	sum, _ := h.load(transfer.CSV, b.String())
	if sum.Created != 3 || sum.Updated != 297 {
		t.Errorf("%+v", sum)
	}
	for mail, l := range h.leads() {
		if want := "Head 29" + string(mail[1]+7); l.Field("role") != want {
			t.Errorf("%s is %s, want %s", mail, l.Field("role"), want)
		}
	}
}

// A long file is never read much further than its rows are in, and so fits into
// memory whatever its length. ASSAY_ROWS makes it longer.
func TestALongFileIsReadNoFurtherThanItsRowsAreIn(t *testing.T) {
	const ahead = 800 << 10
	rows := 6000
	if n, err := strconv.Atoi(os.Getenv("ASSAY_ROWS")); err == nil {
		rows = n
	}
	h := open(t)
	var b strings.Builder
	b.WriteString("Record ID,Email,Name,Company,Message\n")
	begins := make([]int, rows+2)
	for i := range rows {
		begins[i+2] = b.Len()
		fmt.Fprintf(&b, "%d,p%d@works.test,Person %d,Works,%s\n", i, i%(rows/2), i, strings.Repeat("x", 150))
	}
	file := &counted{in: strings.NewReader(b.String())}
	im := &transfer.Import{Into: h.in, Site: h.site, Name: "import", Format: transfer.CSV, Now: func() time.Time { return h.now }}
	sum, err := im.Run(bg, file, func(r *transfer.Result) error {
		if over := int(file.n.Load()) - begins[r.Row]; over > ahead {
			return fmt.Errorf("row %d: %d bytes are read ahead", r.Row, over)
		}
		return nil
	})
	if err != nil || sum.Created != rows/2 || sum.Updated != rows/2 {
		t.Errorf("%+v, %v", sum, err)
	}
}

// counted counts what was read.
type counted struct {
	in io.Reader
	n  atomic.Int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.n.Add(int64(n))
	return n, err
}

// An import that is cut off ends at once, and loses nothing when it is run again.
func TestAnImportThatWasCutOffIsRunAgain(t *testing.T) {
	h := open(t)
	var b strings.Builder
	b.WriteString("email\n")
	for i := range 500 {
		fmt.Fprintf(&b, "p%d@works.test\n", i)
	}
	im := &transfer.Import{Into: h.in, Site: h.site, Name: "import", Format: transfer.CSV, Now: func() time.Time { return h.now }}
	ctx, cancel := context.WithCancel(bg)
	sum, err := im.Run(ctx, strings.NewReader(b.String()), func(r *transfer.Result) error {
		if r.Row == 100 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || sum.Complete || sum.Rows < 99 || sum.Rows == 500 {
		t.Fatalf("%+v, %v", sum, err)
	}
	again, _ := h.load(transfer.CSV, b.String())
	if again.Rows != 500 || again.Unchanged < sum.Rows || again.Unchanged+again.Created != 500 || len(h.leads()) != 500 {
		t.Errorf("%+v, and again %+v", sum, again)
	}
}
