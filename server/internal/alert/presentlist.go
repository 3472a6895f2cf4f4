package alert

import (
	"time"

	"assay/server/internal/lead"
)

// complete reports whether the feed knows all who are present.
func (f *feed) complete() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.known
}

// empty forgets who is present: nobody listens.
func (f *feed) empty() {
	clear(f.present)
	f.slots, f.known = slots{}, false
}

// differences notes beats and gives who came or shows something new, and who is
// gone. A beat alone is nothing to tell of.
func (f *feed) differences(seen []lead.Presence, now time.Time) (came, gone []lead.Presence) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known = len(f.subs) > 0
	room := maxPresent - len(f.present)
	for _, p := range seen {
		h := f.present[p.Session]
		switch {
		case !isHere(&p, now):
		case h == nil && room > 0:
			room--
			came = append(came, p)
		case h == nil || p.Seen.Before(h.Seen):
		default:
			if looks(p) != looks(h.Presence) {
				came = append(came, p)
			}
			h.Seen = p.Seen
		}
	}
	for _, h := range f.present {
		if !isHere(&h.Presence, now) {
			gone = append(gone, h.Presence)
		}
	}
	return came, gone
}

// looks is what of a presence is shown.
func looks(p lead.Presence) lead.Presence {
	p.Seen, p.Since = time.Time{}, time.Time{}
	return p
}

// replace takes over who came and who is gone, each to its slot, and gives who
// must hear of what and how many are present. Who joins from now on is told by
// what is kept here.
func (f *feed) replace(came []*here, gone []*Frame) (subs []*Subscription, frames []*Frame, present int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.subs) == 0 {
		return nil, nil, 0
	}
	for _, h := range came {
		v := h.frame.visit
		if before := f.present[v.session]; before != nil {
			v.slot = before.frame.visit.slot
		} else {
			v.slot = f.slots.take()
		}
		f.present[v.session] = h
		frames = append(frames, h.frame)
	}
	for _, frame := range gone {
		v := frame.visit
		if h := f.present[v.session]; h != nil {
			v.slot = h.frame.visit.slot
			f.slots.clear(v.slot)
			delete(f.present, v.session)
			frames = append(frames, frame)
		}
	}
	return append(subs, f.subs...), frames, len(f.present)
}
