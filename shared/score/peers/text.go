package main

import (
	"fmt"
	"slices"

	"assay/shared/model"
	"assay/shared/profile"
)

func textOf(f profile.Field, c profile.Code) []byte {
	switch {
	case c == 0:
		return nil
	case f == profile.Email:
		return fmt.Appendf(nil, "a@d%d.test", c)
	case f == profile.CompanySize:
		return fmt.Appendf(nil, "%d", 10*int(c))
	}
	return fmt.Appendf(nil, "c%d", c)
}

func words(s *model.Source) {
	for f := profile.Field(0); f < profile.Fields; f++ {
		for c := profile.Code(2); c < 8; c++ {
			t := textOf(f, c)
			if f == profile.Email {
				t = t[2:]
			}
			if f == profile.CompanySize {
				continue
			}
			s.Words = append(s.Words, model.Word{Hash: profile.Hash(f, t), Code: c})
		}
	}
	slices.SortFunc(s.Words, func(a, b model.Word) int { return int(a.Hash) - int(b.Hash) })
	s.Sizes = []uint32{20, 30, 40, 50, 60, 70, 80}
}
