package lead

import "time"

// marking is how long the mark of a touch may lag behind the write of its lead,
// on a store without transactions: a moment, or until a crash is mended. An older
// touch that is not found was removed.
const marking = time.Minute

// awaits reports whether a contact names a touch that is not marked yet as part
// of it, or of one that leaves it: what is rebuilt now would lack it.
func (rec *Record) awaits(now time.Time, leaving ...*Record) bool {
	marked := map[string]bool{}
	for _, r := range append(leaving, rec) {
		for _, touches := range r.Touches {
			for _, t := range touches {
				marked[t.ID] = true
			}
		}
	}
	for _, c := range rec.contacts() {
		for i := range c.Touches {
			if ref := &c.Touches[i]; !marked[ref.ID] && now.Sub(ref.Received) < marking {
				return true
			}
		}
	}
	return false
}
