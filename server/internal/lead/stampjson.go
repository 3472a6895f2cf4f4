package lead

import (
	"encoding/json"
	"maps"
	"slices"
)

// packed is how stamps are stored: a touch tells a dozen facts and is named once.
type packed struct {
	Told    []Stamp        `json:"told"`        // ascending
	Newest  int            `json:"n,omitempty"` // places in Told, from 1; 0: no stamp
	Source  int            `json:"s,omitempty"`
	Profile map[string]int `json:"p,omitempty"`
	Answers map[string]int `json:"a,omitempty"`
}

// MarshalJSON implements the json.Marshaler interface.
func (s Stamps) MarshalJSON() ([]byte, error) {
	p := packed{Told: s.told()}
	p.Newest, p.Source = p.place(s.Newest), p.place(s.Source)
	p.Profile, p.Answers = p.places(s.Profile), p.places(s.Answers)
	return json.Marshal(&p)
}

// told gives the different stamps, ascending.
func (s *Stamps) told() []Stamp {
	list := slices.AppendSeq([]Stamp{s.Newest, s.Source}, maps.Values(s.Profile))
	list = slices.AppendSeq(list, maps.Values(s.Answers))
	list = slices.DeleteFunc(list, func(s Stamp) bool { return s == Stamp{} })
	slices.SortFunc(list, Stamp.compare)
	return slices.CompactFunc(list, func(a, b Stamp) bool { return a.compare(b) == 0 })
}

func (p *packed) place(s Stamp) int {
	if s == (Stamp{}) {
		return 0
	}
	at, _ := slices.BinarySearchFunc(p.Told, s, Stamp.compare)
	return at + 1
}

func (p *packed) places(stamps map[string]Stamp) map[string]int {
	if len(stamps) == 0 {
		return nil
	}
	places := make(map[string]int, len(stamps))
	for name, s := range stamps {
		places[name] = p.place(s)
	}
	return places
}

// UnmarshalJSON implements the json.Unmarshaler interface. It also reads stamps
// that were stored one by one.
func (s *Stamps) UnmarshalJSON(b []byte) error {
	type plain Stamps
	if err := json.Unmarshal(b, (*plain)(s)); err != nil {
		return err
	}
	var p packed
	if err := json.Unmarshal(b, &p); err != nil || p.Told == nil {
		return err
	}
	*s = Stamps{p.at(p.Newest), p.at(p.Source), p.stamps(p.Profile), p.stamps(p.Answers)}
	return nil
}

func (p *packed) at(place int) Stamp {
	if place < 1 || place > len(p.Told) {
		return Stamp{}
	}
	return p.Told[place-1]
}

func (p *packed) stamps(places map[string]int) map[string]Stamp {
	if places == nil {
		return nil
	}
	stamps := make(map[string]Stamp, len(places))
	for name, place := range places {
		stamps[name] = p.at(place)
	}
	return stamps
}
