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
			l.find(path, "held", "nobody gains or loses by it: who sets this off is held for review")
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

// caps finds caps that cut every signal, and a day's cap that the rule's makes
// needless: not where points age, as more than at_most may have been earned by
// then; nor a visit's beside a day's, as a visit may have two days.
func (l *linter) caps(path string, i int) {
	r := &l.out.Signals[i]
	points := abs(int64(r.Points))
	for _, c := range []struct {
		name string
		most int64
	}{{"per_session", int64(r.SessionCap)}, {"per_day", int64(r.DayCap)}, {"at_most", int64(r.TotalCap)}} {
		if c.most != 0 && c.most < points {
			l.find(at(path, c.name), "cut", "no signal earns the rule's %s points: this cap leaves %s", Points(points), Points(c.most))
		}
	}
	if r.TotalCap != 0 && r.DayCap > r.TotalCap && r.HalfLife == 0 {
		l.find(at(path, "per_day"), "no_effect", "it is never reached: at_most is %s", Points(r.TotalCap))
	}
}

// intents says when no form or signal shows explicit interest. A hand-raise
// form makes a matching lead a prospect in any case.
func (l *linter) intents() {
	if l.out.IntentForms == 0 && l.out.IntentKinds == 0 {
		l.find("/intent", "never", "nobody becomes a prospect but by asking for a person, or by timing and budget said: want forms or signals")
	}
}

// deadGroups finds groups that cut nothing.
func (l *linter) deadGroups() {
	for i, g := range l.a.Groups {
		sum, less := l.groupSum(uint8(i+1)), "want fewer points"
		signals, answers := 0, 0
		for _, r := range l.a.Engagement {
			switch {
			case r.Group != g.Name:
			case r.Field != "":
				answers++
			default:
				signals, less = signals+1, "want at_most on the rule, or fewer points"
			}
		}
		for _, r := range l.a.Fit {
			if r.Group == g.Name {
				answers++
			}
		}
		switch {
		case signals+answers == 0:
			l.find(at("/groups", i), "empty", "no rule names the group")
		case signals+answers == 1:
			l.find(at("/groups", i), "one_rule", "a group of one rule is a cap of that rule: %s", less)
		case sum <= int64(g.Cap):
			l.find(at("/groups", i, "cap"), "no_effect", "it is never reached: its rules earn %s at most", pointsUnit(int(sum)))
		}
	}
}

// groupSum gives the points that a group's rules earn at most, either way.
func (l *linter) groupSum(group uint8) (sum int64) {
	for k := range l.out.Signals {
		if r := &l.out.Signals[k]; r.Group == group {
			sum += rowOf(ever.reach(r))
		}
	}
	for k := range l.out.Facts {
		if r := &l.out.Facts[k]; r.Group == group {
			sum += rowOf(int64(r.Points))
		}
	}
	return sum
}

// count writes a number with its thing.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
