package lifecycle

// nth gives word i of a list in which a blank ends each word, or "". One string
// instead of a table of strings keeps pointers out of the browser's engine.
func nth(list string, i uint8) string {
	start, at := 0, uint8(0)
	for end := 0; end < len(list); end++ {
		if list[end] != ' ' {
			continue
		}
		if at == i {
			return list[start:end]
		}
		at++
		start = end + 1
	}
	return ""
}

// place gives the place of a word in such a list of n words, or n.
func place(list, word string, n uint8) uint8 {
	for i := uint8(0); i < n; i++ {
		if nth(list, i) == word {
			return i
		}
	}
	return n
}
