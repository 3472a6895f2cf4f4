package sqlitestore

// lately knows what was written by the newest transactions, so that a draft
// can be told whether anything that it read has changed since. It belongs to
// the writer. Keys are numbers made of names: where two are equal by chance, a
// draft is done again for nothing.
type lately struct {
	floor   uint64            // a draft that saw fewer commits is too old to tell
	turned  uint64            // the transaction that young began with
	young   map[uint64]uint64 // the transaction that wrote a key last
	old     map[uint64]uint64
	version int64 // of the file, which another process's writes change
}

// most is how many keys a generation holds: two of them take a few MB, and last
// far longer than a draft takes.
const most = 20_000

func newLately() *lately {
	return &lately{young: map[uint64]uint64{}, old: map[uint64]uint64{}}
}

// wrote notes that a transaction writes a key.
func (r *lately) wrote(key, number uint64) {
	if len(r.young) >= most {
		r.floor, r.turned = max(r.floor, r.turned), number
		r.old, r.young = r.young, r.old
		clear(r.young)
	}
	r.young[key] = number
}

// everything notes that a transaction writes more than can be named.
func (r *lately) everything(number uint64) { r.floor = max(r.floor, number) }

// holds reports whether nothing that a draft read was written since.
func (r *lately) holds(d *draft) bool {
	if d.seen < r.floor {
		return false
	}
	for _, key := range d.read {
		if r.young[key] > d.seen || r.old[key] > d.seen {
			return false
		}
	}
	return true
}
