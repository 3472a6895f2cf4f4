package alert

import "context"

// History gives up to limit messages after a cursor, oldest first; without a
// cursor the newest ones. next is the cursor to go on after. It gives everything,
// whatever people's filters say.
func (s *Service) History(ctx context.Context, site string, after *int64, limit int) (frames []*Frame, next int64, err error) {
	last, err := s.store.Last(ctx, site)
	if err != nil {
		return nil, 0, err
	}
	next = max(last-int64(limit), 0)
	if after != nil {
		next = min(max(*after, 0), last) // a restored store may end before what a reader knows
	}
	for len(frames) < limit && next < last {
		entries, err := s.store.Feed(ctx, site, next, limit-len(frames))
		if err != nil || len(entries) == 0 {
			return frames, next, err
		}
		page, err := s.frames(ctx, site, entries, nil)
		if err != nil {
			return nil, 0, err
		}
		frames = append(frames, page...)
		next = entries[len(entries)-1].Cursor
	}
	return frames, next, nil
}
