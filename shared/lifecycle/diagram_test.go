package lifecycle

import (
	"fmt"
	"slices"
	"strings"
)

// arrow is one arrow of the picture: what leads from one stage to another.
type arrow struct {
	from, to string
	labels   []string
}

const box = "in_play" // the stages that a person can rule out

func diagram(b *strings.Builder) {
	b.WriteString("```mermaid\nstateDiagram-v2\n    direction LR\n    [*] --> anonymous\n    state \"in play\" as in_play {\n")
	arrows := collect()
	for _, a := range arrows {
		if inPlay(a.from) && inPlay(a.to) {
			fmt.Fprintf(b, "        %s --> %s: %s\n", a.from, a.to, strings.Join(a.labels, ", "))
		}
	}
	b.WriteString("    }\n")
	for _, a := range arrows {
		if !inPlay(a.from) || !inPlay(a.to) {
			fmt.Fprintf(b, "    %s --> %s: %s\n", a.from, a.to, strings.Join(a.labels, ", "))
		}
	}
	b.WriteString("```\n")
}

func inPlay(name string) bool {
	s, ok := StageOf(name)
	return ok && 1<<s&known != 0
}

// collect draws the table: one arrow for each pair of stages.
func collect() (arrows []arrow) {
	for _, under := range []uint8{always, 1 << Automatic, 1 << Confirmed} {
		for i := range table {
			r := &table[i]
			for on := range Kinds {
				if r.Under != under || r.On>>on&1 == 0 || on == OnImport || on == OnMerge || r.Cause == ByRule && on.Human() {
					continue
				}
				for _, end := range ends(r, on) {
					arrows = draw(arrows, end, under, on)
				}
			}
		}
	}
	return arrows
}

// ends gives the arrows of one event of a row, without labels.
func ends(r *row, on Kind) (pairs []arrow) {
	from, to := uint64(r.From), r.To.String()
	if from&known == known {
		pairs = append(pairs, arrow{from: box, to: to})
		from &^= known
	}
	for _, name := range members(from, Stages) {
		end := arrow{from: name, to: to}
		if returns(name, on) {
			end.to = box
		}
		pairs = append(pairs, end)
	}
	return pairs
}

// draw adds an event to an arrow, and the arrow where it is new. What both
// policies do is not said again for one of them.
func draw(arrows []arrow, end arrow, under uint8, on Kind) []arrow {
	i := slices.IndexFunc(arrows, func(a arrow) bool { return a.from == end.from && a.to == end.to })
	if i < 0 {
		arrows, i = append(arrows, end), len(arrows)
	}
	a := &arrows[i]
	label := on.String()
	if slices.Contains(a.labels, label) {
		return arrows
	}
	if under != always {
		label += " (" + strings.Join(members(uint64(under), Promotions), "") + ")"
	}
	if !slices.Contains(a.labels, label) {
		a.labels = append(a.labels, label)
	}
	return arrows
}

// returns reports whether an event leads from out of the funnel to each stage
// in the box.
func returns(from string, on Kind) bool {
	s, _ := StageOf(from)
	var to uint64
	for i := range table {
		if r := &table[i]; r.From>>s&1 == 1 && r.On>>on&1 == 1 {
			to |= 1 << r.To
		}
	}
	return to&known == known
}
