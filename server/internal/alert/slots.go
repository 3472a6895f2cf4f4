package alert

// slots is a set of the numbers under which visitors are present. It costs a
// subscriber 64 bytes, however many there are.
type slots [(maxPresent + 63) / 64]uint64

func (s *slots) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s *slots) set(i int)      { s[i/64] |= 1 << (i % 64) }
func (s *slots) clear(i int)    { s[i/64] &^= 1 << (i % 64) }

// take gives the lowest number that is free, and has it taken. There is one for
// each of maxPresent visitors.
func (s *slots) take() int {
	i := 0
	for s.has(i) {
		i++
	}
	s.set(i)
	return i
}
