package lead

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// packed is how stamps are stored: a touch tells a dozen facts and is named once.
type packed struct {
	Told    []Stamp        `json:"told"` // ascending
	Newest  int            `json:"n"`    // places in Told, from 1; 0: no stamp
	Source  int            `json:"s"`
	Profile map[string]int `json:"p"`
	Answers map[string]int `json:"a"`
}

// MarshalJSON implements the json.Marshaler interface. It writes packed by hand:
// every save of every lead does.
func (s Stamps) MarshalJSON() ([]byte, error) {
	told := s.told()
	b := append(make([]byte, 0, 512), `{"told":[`...)
	for i, stamp := range told {
		if i > 0 {
			b = append(b, ',')
		}
		b = stamp.At.AppendFormat(append(b, `{"at":"`...), time.RFC3339Nano)
		b = append(appendText(append(b, `","touch":`...), stamp.Touch), '}')
	}
	b = strconv.AppendInt(append(b, `],"n":`...), place(told, s.Newest), 10)
	b = strconv.AppendInt(append(b, `,"s":`...), place(told, s.Source), 10)
	for _, of := range []struct {
		name   string
		stamps map[string]Stamp
	}{{"p", s.Profile}, {"a", s.Answers}} {
		b = appendPlaces(b, of.name, of.stamps, told)
	}
	return append(b, '}'), nil
}

// appendPlaces writes the places of stamps, ascending by name: one lead is always
// the same bytes.
func appendPlaces(b []byte, member string, stamps map[string]Stamp, told []Stamp) []byte {
	if len(stamps) == 0 {
		return b
	}
	names := make([]string, 0, 16)
	for name := range stamps {
		names = append(names, name)
	}
	slices.Sort(names)
	b = append(append(append(b, `,"`...), member...), `":`...)
	open := byte('{')
	for _, name := range names {
		b = strconv.AppendInt(append(appendText(append(b, open), name), ':'), place(told, stamps[name]), 10)
		open = ','
	}
	return append(b, '}')
}

// appendText writes a text in quotes; nearly all are names that need no more.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(text) // a text never fails
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

// place gives a stamp's place among some, from 1; 0 for none.
func place(told []Stamp, s Stamp) int64 {
	if s == (Stamp{}) {
		return 0
	}
	at, _ := slices.BinarySearchFunc(told, s, Stamp.compare)
	return int64(at + 1)
}

// told gives the different stamps, ascending.
func (s *Stamps) told() []Stamp {
	list := make([]Stamp, 0, 2+len(s.Profile)+len(s.Answers))
	add := func(stamp Stamp) {
		if stamp != (Stamp{}) && (len(list) == 0 || list[len(list)-1] != stamp) {
			list = append(list, stamp)
		}
	}
	add(s.Newest)
	add(s.Source)
	for _, stamp := range s.Profile {
		add(stamp)
	}
	for _, stamp := range s.Answers {
		add(stamp)
	}
	slices.SortFunc(list, Stamp.compare)
	return slices.CompactFunc(list, func(a, b Stamp) bool { return a.compare(b) == 0 })
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
