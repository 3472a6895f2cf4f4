package transfer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"assay/shared/lifecycle"
)

// Map is what a person says of a file's columns, in place of guesses. Names of
// columns are compared by letters and digits alone.
type Map struct {
	Columns map[string]string `json:"columns"` // column → target; "-" leaves it out
	Stages  map[string]string `json:"stages"`  // word of the file → stage
	Dates   string            `json:"dates"`   // day_first or month_first, for 3/4/2025; empty: guessed
}

// ParseMap reads a map from JSON. It names every member that makes no sense.
func ParseMap(source []byte) (*Map, error) {
	d := json.NewDecoder(bytes.NewReader(source))
	d.DisallowUnknownFields()
	m := new(Map)
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf(`column map: %w: want {"columns":{"COLUMN":"TARGET"},"stages":{"WORD":"STAGE"},"dates":"day_first"}`, err)
	}
	var wrong []string
	for column, target := range m.Columns {
		if target != ignored && !isTarget(target) {
			wrong = append(wrong, fmt.Sprintf("columns: %q cannot become %q: want - or one of %s, %sNAME", column, target, strings.Join(targets(), ", "), toAnswers))
		}
	}
	for word, stage := range m.Stages {
		if _, ok := lifecycle.StageOf(stage); !ok || stage == lifecycle.Anonymous.String() {
			wrong = append(wrong, fmt.Sprintf("stages: %q stands for no stage, %q", word, stage))
		}
	}
	if m.Dates != "" && !slices.Contains(orderNames[:], m.Dates) {
		wrong = append(wrong, "dates: want day_first or month_first")
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return nil, fmt.Errorf("column map: %s", strings.Join(wrong, "; "))
	}
	return m, nil
}

// Column is what became of a column.
type Column struct {
	Name   string `json:"name"`
	Target string `json:"target"`           // "-": left out on purpose; empty: nobody knows what it is
	Filled int    `json:"filled"`           // rows with a value
	Sample string `json:"sample,omitempty"` // the first value; in a dry run alone

	rank  int
	order order
}

// plan says what a file's columns mean. It grows with the columns.
type plan struct {
	said     *Map
	columns  []Column
	by       map[string][]int // columns that fill a target, the best first
	stages   map[string]standing
	warnings []string
	guessed  bool // and warned of
	dry      bool
}

// planFor guesses from a file's first rows what its columns mean.
func planFor(src source, first []*record, said *Map, dry bool) *plan {
	p := &plan{said: said, by: map[string][]int{}, stages: map[string]standing{}, dry: dry}
	if said != nil {
		for word, name := range said.Stages {
			stage, _ := lifecycle.StageOf(name) // ParseMap has looked
			p.stages[plain(word)] = standing{stage: stage}
		}
	}
	p.grow(src.columns())
	for i := range p.columns {
		if c := &p.columns[i]; c.Target == toCreated || c.Target == toSeen {
			p.guessOrder(i, first)
		}
	}
	return p
}

// grow adds columns that are new.
func (p *plan) grow(names []string) {
	for i := len(p.columns); i < len(names); i++ {
		c := Column{Name: names[i]}
		c.Target, c.rank = guess(names[i])
		if p.said != nil {
			for name, target := range p.said.Columns {
				if plain(name) == plain(c.Name) {
					c.Target, c.rank = target, -1
				}
			}
			c.order = order(max(slices.Index(orderNames[:], p.said.Dates), 0))
		}
		p.columns = append(p.columns, c)
		if c.Target == "" || c.Target == ignored {
			continue
		}
		p.by[c.Target] = append(p.by[c.Target], i)
		slices.SortStableFunc(p.by[c.Target], func(a, b int) int { return p.columns[a].rank - p.columns[b].rank })
	}
}

// guessOrder says how a column's dates are to be read, and warns where that is a
// guess.
func (p *plan) guessOrder(i int, first []*record) {
	if p.said != nil && p.said.Dates != "" {
		return
	}
	var samples []string
	for _, r := range first {
		samples = append(samples, r.value(i))
	}
	o, sure := orderOf(samples)
	p.columns[i].order = o
	if !sure {
		p.warn(fmt.Sprintf(`column %q: dates such as 3/4/2025 are read %s; if that is wrong, say "dates" in a column map`,
			p.columns[i].Name, strings.ReplaceAll(orderNames[o], "_", " ")))
	}
}

// maxWarnings bounds what is said once and not per row.
const maxWarnings = 50

func (p *plan) warn(text string) {
	if len(p.warnings) < maxWarnings && !slices.Contains(p.warnings, text) {
		p.warnings = append(p.warnings, text)
	}
}

// count notes which columns a row fills.
func (p *plan) count(r *record) {
	for i, v := range r.values {
		if strings.TrimSpace(v) == "" {
			continue
		}
		c := &p.columns[i]
		c.Filled++
		if p.dry && c.Sample == "" {
			c.Sample = v
		}
	}
}

// doubt warns, once, of rows whose encoding is a guess.
func (p *plan) doubt(r *record) {
	if r.guessed && !p.guessed {
		p.guessed = true
		p.warn(fmt.Sprintf("row %d, and perhaps others, is no UTF-8 and was read as Windows-1252; if its letters are wrong, save the file as UTF-8", r.row))
	}
}

// first gives the first value for a target, and the column that has it.
func (p *plan) first(r *record, target string) (value string, column *Column) {
	for _, i := range p.by[target] {
		if v := r.value(i); strings.TrimSpace(v) != "" {
			return v, &p.columns[i]
		}
	}
	return "", nil
}

// stage gives where a word says that a contact stands.
func (p *plan) stage(word string) standing {
	if s, ok := p.stages[plain(word)]; ok {
		return s
	}
	s, known := stageOf(word)
	if !known {
		p.warn(fmt.Sprintf("nobody knows what %.60q says of a stage: such rows are leads; name it in a column map's \"stages\"", strings.TrimSpace(word)))
	}
	return s
}
