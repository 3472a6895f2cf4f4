package score

// Batch scores a run of cases, each encoded behind its length (16 bits), and
// writes the head of each result over them, in order: HeadBytes from the start
// of b. It gives the number of cases. A case that cannot be scored has a head of
// zeros, which no result has, and does not stop those behind it; a length that
// no case has, below that of its own head or past the end of b, ends the run.
func Batch(e *Engine, c *Case, r *Result, b []byte) int32 {
	many, at := int32(0), 0
	for at+2+caseHead <= len(b) {
		from := at + 2
		at = from + int(u16(b[at:]))
		if at < from+caseHead || at > len(b) {
			break
		}
		fault := e.Rate(c, b[from:at], r)
		// A record is at least as long as a head: only what was read is overwritten.
		head := b[int(many)*HeadBytes:]
		r.PutHead(head)
		if fault != 0 {
			clear(head[:HeadBytes])
		}
		many++
	}
	return many
}
