package alert

import (
	"context"
	"sync"
)

// pages are the parts of a site's feed that are being read for those who missed
// them. When a server is back, thousands come at once who missed the same: one
// reads and encodes it for all who ask meanwhile. Nothing is kept for later, so
// that nobody is told of what was erased since. An end of the feed is nobody's
// but who found it: there is no other way to know that one has caught up.
type pages struct {
	mu      sync.Mutex
	byAfter map[int64]*page
}

// page is the entries after a cursor, up to another.
type page struct {
	ready  chan struct{} // closed when the rest is there
	frames []*Frame
	to     int64
	err    error
}

// after gives a page after a cursor, which is its end when there is nothing. What
// it gives is shared.
func (f *feed) after(ctx context.Context, cursor int64, people people) (*page, error) {
	p, mine := f.pages.find(cursor)
	if !mine {
		select {
		case <-p.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if p.err == nil && p.to > cursor {
			return p, nil
		}
		p = &page{} // whoever read it failed, perhaps for having gone, or found the end of then
	} else {
		defer f.pages.done(cursor, p)
	}
	p.frames, p.to, p.err = f.svc.page(ctx, f.site, cursor, people)
	return p, p.err
}

// find gives a page that is being read, or one that is the caller's to read.
func (ps *pages) find(cursor int64) (p *page, mine bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if p := ps.byAfter[cursor]; p != nil {
		return p, false
	}
	if ps.byAfter == nil {
		ps.byAfter = map[int64]*page{}
	}
	p = &page{ready: make(chan struct{}), to: cursor}
	ps.byAfter[cursor] = p
	return p, true
}

// done gives a page to all who wait for it.
func (ps *pages) done(cursor int64, p *page) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	delete(ps.byAfter, cursor)
	close(p.ready)
}

// page reads the entries after a cursor.
func (s *Service) page(ctx context.Context, site string, after int64, people people) (frames []*Frame, to int64, err error) {
	entries, err := s.store.Feed(ctx, site, after, pageSize)
	if err != nil || len(entries) == 0 {
		return nil, after, err
	}
	frames, err = s.frames(ctx, site, entries, people)
	return frames, entries[len(entries)-1].Cursor, err
}
