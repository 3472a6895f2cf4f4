package modeling

import (
	"slices"
	"strconv"

	"assay/shared/model"
	"assay/shared/profile"
)

// territories gives one code to the countries of each combination of
// territories, so that territories may overlap.
func (c *compiler) territories(out *model.Source) {
	a := c.answersOf(profile.Country)
	members, hashes := map[uint32][]int{}, []uint32{}
	for i, t := range c.a.Territories {
		path := at("/territories", i)
		if t.Name == anyAnswer || t.Name == otherAnswer || slices.Contains(a.classes, t.Name) {
			c.fault(at(path, "name"), "twice", "want a name of its own, not any, other or that of a territory above; got %q", t.Name)
		}
		a.name(t.Name, 0)
		for k, country := range t.Countries {
			w, ok := c.country(at(path, "countries", k), country)
			of := members[w.Hash]
			switch {
			case !ok:
			case len(of) > 0 && of[len(of)-1] == i:
				c.fault(at(path, "countries", k), "twice", "want each country of a territory once; to the engine %q stands above already", country)
			default:
				if of == nil {
					hashes = append(hashes, w.Hash)
				}
				members[w.Hash] = append(of, i)
				a.words[t.Name]++
			}
		}
	}
	c.countries(out, members, hashes)
}

// countries lays the combinations out in the order of their first mention.
func (c *compiler) countries(out *model.Source, members map[uint32][]int, hashes []uint32) {
	a, codes := c.answersOf(profile.Country), map[string]profile.Code{}
	for _, hash := range hashes {
		var key []byte
		for _, i := range members[hash] {
			key = strconv.AppendInt(append(key, ' '), int64(i), 10)
		}
		code := codes[string(key)]
		if code == 0 {
			if code = a.take(); code == 0 {
				c.fault("/territories", "too_many", "want at most %d combinations of territories that share countries", profile.MaxCode-1)
				return
			}
			codes[string(key)] = code
			for _, i := range members[hash] {
				a.name(c.a.Territories[i].Name, code)
			}
		}
		out.Words = append(out.Words, model.Word{Hash: hash, Mark: profile.Whole, Code: code})
	}
}

// country reads one name of a country, which may stand in several territories.
func (c *compiler) country(path, text string) (w model.Word, ok bool) {
	bare, _, ok := c.mark(path, profile.Country, text)
	w.Hash = profile.Hash(profile.Country, []byte(bare), profile.Whole)
	if ok && w.Hash == profile.Hash(profile.Country, nil, profile.Whole) {
		c.fault(path, "unreadable", "want a country's code or name, got %q", text)
		return w, false
	}
	if ok {
		first, _ := c.claim(w, owner{profile.Country, path, text})
		ok = first.field == profile.Country
	}
	return w, ok
}
