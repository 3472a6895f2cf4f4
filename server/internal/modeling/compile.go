package modeling

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/server/internal/lead"
	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// Compiled is a model ready for use.
type Compiled struct {
	Version   string                 // from the hash of Bytes: equal rules, equal version
	Name      string                 // the marketer's name for it
	Bytes     []byte                 // for the engine
	Labels    map[uint8]string       // by rule number, as rows carry it
	Questions [model.Criteria]string // what to ask while a criterion is open
	Rater     *lead.Rater            // scores under this model
}

// Label gives the words for a row's rule.
func (c *Compiled) Label(rule uint8) string {
	if rule == score.RuleLimit {
		return "Scores end at 0 and 100"
	}
	return c.Labels[rule]
}

// criterionNames are the criteria in the order of the engine.
var criterionNames = [model.Criteria]string{"need", "budget", "authority", "timing", "interest"}

// CriterionName gives a criterion's name as the API writes it.
func CriterionName(c model.CriterionName) string { return criterionNames[c] }

// Compile reads an authored model and lays it out. The error joins every fault
// found, each with its path and what was expected.
func Compile(source []byte) (*Compiled, error) {
	var a Authored
	d := json.NewDecoder(bytes.NewReader(source))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	c := compiler{a: &a, classes: map[profile.Field][]string{}, labels: map[uint8]string{}}
	out := c.compile()
	if err := errors.Join(c.faults...); err != nil {
		return nil, err
	}
	b, err := model.Build(out)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	compiled := &Compiled{Version: hex.EncodeToString(sum[:6]), Name: a.Name, Bytes: b, Labels: c.labels}
	for i, name := range criterionNames {
		compiled.Questions[i] = a.Questions[name].Ask
	}
	compiled.Rater, err = lead.NewRater(compiled.Version, b, compiled.Label, compiled.Questions)
	return compiled, err
}

// compiler collects faults instead of stopping at the first.
type compiler struct {
	a       *Authored
	classes map[profile.Field][]string // class names by code - 2
	labels  map[uint8]string
	faults  []error
}

func (c *compiler) fault(path, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...)))
}

func (c *compiler) compile() *model.Source {
	t := c.a.Thresholds
	out := &model.Source{
		LetterMin: [3]uint8{t.A, t.B, t.C}, LevelMin: [3]uint8{t.Level1, t.Level2, t.Level3},
		KnownMin: t.KnownPercent, HandRaiseFit: t.HandRaiseFit,
		IntentKinds: 1<<evidence.PaywallHit | 1<<evidence.CartFilled, IntentForms: profile.HandRaise | profile.Trial,
	}
	for _, from := range c.a.Sizes {
		out.Bounds = append(out.Bounds, model.Bound{Field: profile.CompanySize, From: from})
	}
	c.sizes()
	c.words(out)
	c.grid(out)
	for i, r := range c.a.Engagement {
		c.engagement(fmt.Sprintf("/engagement/%d", i), r, out)
	}
	for i, r := range c.a.Fit {
		path := fmt.Sprintf("/fit/%d", i)
		f, codes := c.answer(path, r.Field, r.Is)
		c.label(path, score.RuleFact+len(out.Facts), r.Label)
		out.Facts = append(out.Facts, model.Fact{Field: f, Fit: true, Codes: codes, Points: int32(r.Points)})
	}
	c.criteria(out)
	c.gates(out)
	return out
}

func (c *compiler) sizes() {
	for i, from := range c.a.Sizes {
		name := fmt.Sprintf("%d+", from)
		if i+1 < len(c.a.Sizes) {
			name = fmt.Sprintf("%d-%d", from, c.a.Sizes[i+1]-1)
		}
		c.classes[profile.CompanySize] = append(c.classes[profile.CompanySize], name)
	}
}

func (c *compiler) words(out *model.Source) {
	for _, name := range slices.Sorted(maps.Keys(c.a.Words)) {
		f, ok := profile.FieldOf(name)
		path := "/words/" + name
		if !ok {
			c.fault(path, "want a field of the profile")
			continue
		}
		if f == profile.CompanySize && len(c.a.Sizes) > 0 {
			c.fault(path, "company sizes are classes already; list words in another field")
			continue
		}
		for i, class := range c.a.Words[name] {
			code := profile.Code(2 + i)
			if code > profile.MaxCode {
				c.fault(path, "want at most %d classes", profile.MaxCode-1)
				break
			}
			c.classes[f] = append(c.classes[f], class.Class)
			for _, w := range class.Words {
				out.Words = append(out.Words, model.Word{Hash: profile.Hash(f, []byte(w), profile.Whole), Code: code})
			}
		}
	}
	slices.SortFunc(out.Words, func(a, b model.Word) int { return cmp.Compare(a.Hash, b.Hash) })
	for i := 1; i < len(out.Words); i++ {
		if out.Words[i].Hash == out.Words[i-1].Hash {
			c.fault("/words", "one word stands twice in a field, or two words look alike to the engine: %s", c.wordsOf(out.Words[i].Hash))
		}
	}
}

// wordsOf names the words with a hash, for a fault's text.
func (c *compiler) wordsOf(hash uint32) string {
	var found []string
	for name, classes := range c.a.Words {
		f, _ := profile.FieldOf(name)
		for _, class := range classes {
			for _, w := range class.Words {
				if profile.Hash(f, []byte(w), profile.Whole) == hash {
					found = append(found, fmt.Sprintf("%s %q", name, w))
				}
			}
		}
	}
	return strings.Join(found, ", ")
}

func (c *compiler) grid(out *model.Source) {
	set := func(path string, cells []string, mark func(letter, level int)) {
		for _, cell := range cells {
			letter := strings.IndexByte("ABCD?", (cell + " ")[0])
			if len(cell) != 2 || letter < 0 || cell[1] < '1' || cell[1] > '4' {
				c.fault(path, "%q: want a cell from A1 to D4, or ?1 to ?4", cell)
				continue
			}
			mark(letter, int(cell[1]-'1'))
		}
	}
	set("/grid/warm", c.a.Grid.Warm, func(l, v int) { out.Bands[l][v] = byte(score.Warm) })
	set("/grid/hot", c.a.Grid.Hot, func(l, v int) { out.Bands[l][v] = byte(score.Hot) })
	set("/grid/prospect", c.a.Grid.Prospect, func(l, v int) { out.Prospect[l][v] = true })
}

func (c *compiler) engagement(path string, r EngagementRule, out *model.Source) {
	if r.Field != "" {
		f, codes := c.answer(path, r.Field, r.Is)
		if len(r.Signals) > 0 || r.PerDay != 0 || r.AtMost != 0 || r.After != 0 || r.Hold != 0 {
			c.fault(path, "an answer counts once: want field, is, points and half_life alone")
		}
		c.label(path, score.RuleFact+len(out.Facts), r.Label)
		out.Facts = append(out.Facts, model.Fact{Field: f, Codes: codes, Points: int32(r.Points), HalfLife: uint32(r.HalfLife)})
		return
	}
	kinds := uint64(0)
	for i, name := range r.Signals {
		k := evidence.KindOf(name)
		if k == 0 {
			c.fault(fmt.Sprintf("%s/signals/%d", path, i), "%q: want a signal of the vocabulary", name)
		}
		kinds |= 1 << k
	}
	if kinds == 0 {
		c.fault(path, "want signals or a field")
	}
	c.label(path, score.RuleSignal+len(out.Signals), r.Label)
	out.Signals = append(out.Signals, model.Signal{Kinds: kinds, Points: int32(r.Points), DayCap: int32(r.PerDay),
		TotalCap: int32(r.AtMost), Hold: uint32(r.Hold), HalfLife: uint32(r.HalfLife), Skip: r.After})
}

func (c *compiler) label(path string, rule int, label string) {
	if label == "" {
		c.fault(path+"/label", "want the words that a rep reads")
	}
	c.labels[uint8(rule)] = label
}

func (c *compiler) criteria(out *model.Source) {
	for i, r := range c.a.Criteria {
		path := fmt.Sprintf("/criteria/%d", i)
		name := slices.Index(criterionNames[:model.Interest], r.Criterion)
		if name < 0 {
			c.fault(path+"/criterion", "%q: want need, budget, authority or timing", r.Criterion)
			continue
		}
		f, met := c.answer(path+"/met", r.Field, r.Met)
		_, partly := c.answer(path+"/partly", r.Field, r.Partly)
		_, unmet := c.answer(path+"/unmet", r.Field, r.Unmet)
		out.Criteria = append(out.Criteria, model.Criterion{Name: model.CriterionName(name), Field: f, Met: met, Part: partly, Unmet: unmet})
	}
}

func (c *compiler) gates(out *model.Source) {
	bits := map[string]model.GateBit{"competitor": model.GateCompetitor, "disposable": model.GateDisposable, "country": model.GateCountry}
	for i, r := range c.a.Gates {
		path := fmt.Sprintf("/gates/%d", i)
		bit, ok := bits[r.Gate]
		if !ok {
			c.fault(path+"/gate", "%q: want competitor, disposable or country", r.Gate)
		}
		f, codes := c.answer(path, r.Field, r.Is)
		out.Gates = append(out.Gates, model.Gate{Bit: bit, Field: f, Codes: codes})
	}
}

// answer reads a field and a set of its classes.
func (c *compiler) answer(path, field string, is []string) (profile.Field, uint32) {
	f, ok := profile.FieldOf(field)
	if !ok {
		c.fault(path+"/field", "%q: want a field of the profile", field)
		return 0, 0
	}
	codes := uint32(0)
	for _, class := range is {
		switch i := slices.Index(c.classes[f], class); {
		case class == "any":
			codes |= ^uint32(1)
		case class == "other":
			codes |= 1 << profile.Other
		case i >= 0:
			codes |= 1 << (2 + i)
		default:
			c.fault(path+"/is", "%q: want a class of %s (%s), other or any", class, field, strings.Join(c.classes[f], ", "))
		}
	}
	return f, codes
}
