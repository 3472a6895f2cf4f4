package modeling

import (
	"fmt"
	"slices"
	"strings"

	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// compiler lays a document out and collects faults instead of stopping at the
// first.
type compiler struct {
	a       *Authored
	answers map[profile.Field]*answers
	groups  map[string]uint8  // numbers from 1
	labels  map[uint8]string  // by rule number
	paths   map[uint8]string  // likewise
	words   map[wordKey]owner // who has a word already
	faults  Faults
}

func newCompiler(a *Authored) *compiler {
	return &compiler{a: a, answers: map[profile.Field]*answers{}, groups: map[string]uint8{},
		labels: map[uint8]string{}, paths: map[uint8]string{}, words: map[wordKey]owner{}}
}

func (c *compiler) fault(path, rule, format string, args ...any) {
	c.faults = append(c.faults, Fault{path, rule, fmt.Sprintf(format, args...)})
}

func (c *compiler) compile() *model.Source {
	t := c.a.Thresholds
	out := &model.Source{
		LetterMin: [3]uint8{t.A, t.B, t.C}, LevelMin: [3]uint8{t.Level1, t.Level2, t.Level3},
		KnownMin: t.KnownPercent, HandRaiseFit: t.HandRaiseFit,
	}
	c.thresholds()
	c.grid(out)
	c.intent(out)
	c.ranges(out)
	c.wordLists(out)
	c.groupCaps(out)
	for i, r := range c.a.Engagement {
		if path := at("/engagement", i); r.Field != "" {
			c.said(path, &r, out)
		} else {
			c.done(path, &r, out)
		}
	}
	for i, r := range c.a.Fit {
		c.fit(at("/fit", i), &r, out)
	}
	c.criteria(out)
	c.gates(out)
	c.groupUse()
	c.forms()
	c.counts(out)
	return out
}

func (c *compiler) thresholds() {
	t := c.a.Thresholds
	if t.A <= t.B || t.B <= t.C {
		c.fault("/thresholds", "order", "want A above B above C")
	}
	if t.Level1 <= t.Level2 || t.Level2 <= t.Level3 {
		c.fault("/thresholds", "order", "want level 1 above level 2 above level 3")
	}
}

func (c *compiler) grid(out *model.Source) {
	taken := map[string]string{}
	set := func(list string, cells []string, mark func(letter, level int)) {
		for i, cell := range cells {
			letter := strings.IndexByte("ABCD?", (cell + " ")[0])
			if len(cell) != 2 || letter < 0 {
				continue // left out: the schema has told
			}
			if first, twice := taken[cell]; twice && list != "prospect" {
				c.fault(at("/grid", list, i), "twice", "want each cell in one band; %s is %s already", cell, first)
			}
			if list != "prospect" {
				taken[cell] = list
			}
			mark(letter, int(cell[1]-'1'))
		}
	}
	set("hot", c.a.Grid.Hot, func(l, v int) { out.Bands[l][v] = byte(score.Hot) })
	set("warm", c.a.Grid.Warm, func(l, v int) { out.Bands[l][v] = byte(score.Warm) })
	set("prospect", c.a.Grid.Prospect, func(l, v int) { out.Prospect[l][v] = true })
}

func (c *compiler) criteria(out *model.Source) {
	for i, r := range c.a.Criteria {
		path := at("/criteria", i)
		f := fieldOf(r.Field)
		m := model.Criterion{Name: model.CriterionName(slices.Index(criterionNames[:], r.Criterion)), Field: f,
			Met:  c.set(at(path, "met"), f, r.Met),
			Part: c.set(at(path, "partly"), f, r.Partly), Unmet: c.set(at(path, "unmet"), f, r.Unmet)}
		if m.Met&m.Part|m.Met&m.Unmet|m.Part&m.Unmet != 0 {
			c.fault(path, "overlap", "want each answer in one of met, partly and unmet; %s stands in two",
				c.answersOf(f).names(m.Met&m.Part|m.Met&m.Unmet|m.Part&m.Unmet))
		}
		if m.Met|m.Part|m.Unmet == 0 {
			c.fault(path, "empty", "want answers in met, partly or unmet")
		}
		out.Criteria = append(out.Criteria, m)
	}
}

var gateBits = map[string]model.GateBit{"competitor": model.GateCompetitor, "disposable": model.GateDisposable, "country": model.GateCountry}

func (c *compiler) gates(out *model.Source) {
	for i, r := range c.a.Gates {
		path := at("/gates", i)
		f := fieldOf(r.Field)
		out.Gates = append(out.Gates, model.Gate{Bit: gateBits[r.Gate], Field: f, Codes: c.set(path, f, r.Answers)})
	}
}

func (c *compiler) forms() {
	names := map[string]bool{}
	for i, f := range c.a.Forms {
		if names[f.Name] {
			c.fault(at("/forms", i, "name"), "twice", "want each form once; %q stands above already", f.Name)
		}
		names[f.Name] = true
	}
}

// counts holds the layout's bounds, each with what can be done about it.
func (c *compiler) counts(out *model.Source) {
	for _, n := range []struct {
		path, what string
		got, most  int
	}{
		{"/engagement", "rules on signals", len(out.Signals), model.MaxSignalRules},
		{"/fit", "rules on answers, each step of a tiered rule counted", len(out.Facts), model.MaxFactRules},
		{"/words", "words, those of mail and territories counted", len(out.Words), model.MaxWords},
		{"", "bounds of ranges", len(out.Bounds), model.MaxBounds},
	} {
		if n.got > n.most {
			c.fault(n.path, "too_many", "want at most %d %s, got %d", n.most, n.what, n.got)
		}
	}
}
