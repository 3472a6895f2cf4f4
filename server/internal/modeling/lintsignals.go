package modeling

import (
	"fmt"

	"assay/shared/evidence"
	"assay/shared/score"
)

func signalRule(i int) uint8 { return uint8(score.RuleSignal + i) }

func factRule(i int) uint8 { return uint8(score.RuleFact + i) }

// deadSignals finds rules on signals that nothing fires, caps without effect,
// and signals that are paid twice.
func (l *linter) deadSignals() {
	const held = 1<<evidence.HoneypotFilled | 1<<evidence.AutomationMarked
	const week = 1 << evidence.ReturnedWeek
	windows := uint64(0)
	for i := range l.out.Signals {
		r, path := &l.out.Signals[i], l.paths[signalRule(i)]
		most := ever.reach(r)
		switch {
		case r.Kinds&^held == 0:
			l.find(path, "held", "it never counts: who sets this signal off is held or suspect already")
		case most == 0:
			l.find(path, "never", "it never earns anything: no %s of one score are enough for its window and after", count(score.MaxVisits, "visit"))
		case rounded(most) == 0:
			l.find(path, "no_whole_point", "it never earns a whole point: %s at most", Points(most))
		}
		l.caps(path, i)
		if r.Prior>>evidence.VisitStarted&1 == 1 && r.Kinds>>evidence.VisitStarted&1 == 1 {
			windows |= 1 << evidence.VisitStarted
		}
	}
	for i := range l.out.Signals {
		if windows != 0 && l.out.Signals[i].Kinds&week != 0 {
			l.find(l.paths[signalRule(i)], "twice", "a return earns points twice: a rule on %s sees it already", visitStarted)
		}
	}
	l.intents()
}

// caps finds caps that cut every signal, and caps that another makes needless.
func (l *linter) caps(path string, i int) {
	r := &l.out.Signals[i]
	points := abs(int64(r.Points))
	for _, c := range []struct {
		name string
		most int64
		over string // a cap that is never reached because of this one
		wide int64
	}{
		{"per_session", int64(r.SessionCap), "per_day", 0},
		{"per_day", int64(r.DayCap), "per_session", int64(r.SessionCap)},
		{"at_most", int64(r.TotalCap), "per_day", int64(r.DayCap)},
	} {
		if c.most != 0 && c.most < points {
			l.find(at(path, c.name), "cut", "no signal earns the rule's %s points: this cap leaves %s", Points(points), Points(c.most))
		}
		if c.most != 0 && c.wide > c.most {
			l.find(at(path, c.over), "no_effect", "it is never reached: %s is %s", c.name, Points(c.most))
		}
	}
}

// intents says when nobody can show explicit interest by a form or signal.
func (l *linter) intents() {
	if l.out.IntentForms == 0 && l.out.IntentKinds == 0 {
		l.find("/intent", "never", "nobody becomes a prospect but by timing and budget: want forms or signals")
	}
}

// deadGroups finds groups that cut nothing.
func (l *linter) deadGroups() {
	for i, g := range l.a.Groups {
		rules, sum := 0, int64(0)
		for k := range l.out.Signals {
			if r := &l.out.Signals[k]; int(r.Group) == i+1 {
				rules, sum = rules+1, sum+rounded(ever.reach(r))
			}
		}
		fields := map[string]bool{}
		for k := range l.out.Facts {
			if r := &l.out.Facts[k]; int(r.Group) == i+1 {
				sum += rounded(int64(r.Points))
				fields[r.Field.String()] = true
			}
		}
		rules += len(fields)
		switch {
		case rules == 0:
			l.find(at("/groups", i), "empty", "no rule names the group")
		case rules == 1:
			l.find(at("/groups", i), "one_rule", "a group of one rule is a cap: want at_most on the rule, or fewer points")
		case sum <= int64(g.Cap):
			l.find(at("/groups", i, "cap"), "no_effect", "it is never reached: its rules earn %s at most", pointsUnit(int(sum)))
		}
	}
}

// count writes a number with its thing.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
