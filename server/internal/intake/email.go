package intake

import "strings"

// ValidEmail reports whether a text has the form of a mail address: what
// browsers accept in a field for one, and letters beyond ASCII besides. Whether
// anybody reads it, only a mail would tell.
func ValidEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 || len(s) > 254 {
		return false
	}
	for _, c := range s[:at] {
		if !letter(c) && !strings.ContainsRune(".!#$%&'*+/=?^_`{|}~-", c) {
			return false
		}
	}
	for label := range strings.SplitSeq(s[at+1:], ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range label {
			if !letter(c) && c != '-' {
				return false
			}
		}
	}
	return true
}

func letter(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c > 0x9f && c != 0xa0 && c != 0xfffd
}
