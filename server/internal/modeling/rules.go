package modeling

import (
	"slices"

	"assay/shared/evidence"
	"assay/shared/model"
	"assay/shared/profile"
	"assay/shared/score"
)

// visitStarted is the name of the signal that the engine sees at the start of
// each visit.
const visitStarted = "visit_started"

// kinds gives a set of signals whose names the schema has let pass.
func kinds(names []string) (set uint64) {
	for _, name := range names {
		set |= 1 << evidence.KindOf(name) // 0, which is evidence.VisitStarted, for the one that logs never hold
	}
	return set
}

// intent is domain rule 5 unless the author says otherwise.
func (c *compiler) intent(out *model.Source) {
	if c.a.Intent == nil {
		out.IntentForms = profile.HandRaise | profile.Trial
		out.IntentKinds = 1<<evidence.PaywallHit | 1<<evidence.CartFilled
		return
	}
	for _, name := range c.a.Intent.Forms {
		kind, _ := profile.FormKindOf(name)
		out.IntentForms = out.IntentForms.With(kind)
	}
	out.IntentKinds = kinds(c.a.Intent.Signals)
}

func (c *compiler) groupCaps(out *model.Source) {
	for i, g := range c.a.Groups {
		if c.groups[g.Name] != 0 {
			c.fault(at("/groups", i, "name"), "twice", "want each group once; %q stands above already", g.Name)
			continue
		}
		out.GroupCaps = append(out.GroupCaps, int32(g.Cap)*1000)
		c.groups[g.Name] = uint8(len(out.GroupCaps))
		c.labels[score.RuleGroup+c.groups[g.Name]] = g.Name + ": " + pointsUnit(int(g.Cap)) + " at most together"
	}
}

// groupUse holds a group to one dimension: engagement and fit are never added.
func (c *compiler) groupUse() {
	inEngagement := map[string]bool{}
	for _, r := range c.a.Engagement {
		inEngagement[r.Group] = true
	}
	for i, r := range c.a.Fit {
		if r.Group != "" && inEngagement[r.Group] {
			c.fault(at("/fit", i, "group"), "dimension", "want a group of fit rules alone; %q has engagement rules too", r.Group)
		}
	}
}

// group gives the number of a rule's group, 0 for none.
func (c *compiler) group(path, name string) uint8 {
	n := c.groups[name]
	if name != "" && n == 0 {
		c.fault(at(path, "group"), "unknown_group", "want the name of one of groups, got %q", name)
	}
	return n
}

// done lays out a rule on signals.
func (c *compiler) done(path string, r *EngagementRule, out *model.Source) {
	rule := model.Signal{
		Kinds: kinds(r.Signals), Points: int32(r.Points),
		SessionCap: int32(r.PerSession), DayCap: int32(r.PerDay), TotalCap: int32(r.AtMost),
		Hold: uint32(r.Hold), HalfLife: uint32(r.HalfLife), Skip: r.After, Group: c.group(path, r.Group),
		Prior: kinds(r.Since), NotBefore: uint32(r.NotBefore), Within: uint32(r.Within),
	}
	if r.Within != 0 && r.Within < r.NotBefore {
		c.fault(at(path, "within"), "window", "want at least %s, which is not_before, got %s: nothing can lie between", r.NotBefore, r.Within)
	}
	c.rule(score.RuleSignal+len(out.Signals), path, r.Label)
	out.Signals = append(out.Signals, rule)
}

// said lays out a rule of engagement on an answer.
func (c *compiler) said(path string, r *EngagementRule, out *model.Source) {
	c.fact(path, r.Label, r.Field, r.Answers, out, model.Fact{Points: int32(r.Points), HalfLife: uint32(r.HalfLife), Group: c.group(path, r.Group)})
}

func (c *compiler) fit(path string, r *FitRule, out *model.Source) {
	group := c.group(path, r.Group)
	if len(r.Tiers) == 0 {
		c.fact(path, r.Label, r.Field, r.Answers, out, model.Fact{Fit: true, Points: int32(r.Points), Group: group})
		return
	}
	taken := uint32(0)
	for _, tier := range c.merged(path, r) {
		set := c.set(tier.path, fieldOf(r.Field), tier.Answers) | tier.more
		if taken&set != 0 {
			c.fault(tier.path, "overlap", "want each answer in one tier; %s stands in one above", c.answersOf(fieldOf(r.Field)).names(taken&set))
		}
		taken |= set
		c.addFact(tier.path, tier.label(r), out, model.Fact{Field: fieldOf(r.Field), Fit: true, Codes: set, Points: int32(tier.Points), Group: group})
	}
}

// step is a tier with the answers of later tiers that earn the same under the
// same words: they need no rule of their own.
type step struct {
	Tier
	path string
	more uint32
}

func (s *step) label(r *FitRule) string {
	if s.Label != "" {
		return s.Label
	}
	return r.Label
}

func (c *compiler) merged(path string, r *FitRule) (steps []*step) {
	for i, tier := range r.Tiers {
		p := at(path, "tiers", i)
		same := slices.IndexFunc(steps, func(s *step) bool { return s.Points == tier.Points && s.Label == tier.Label })
		if same < 0 {
			steps = append(steps, &step{Tier: tier, path: p})
			continue
		}
		steps[same].more |= c.set(p, fieldOf(r.Field), tier.Answers)
	}
	return steps
}

// fact lays out one rule on answers.
func (c *compiler) fact(path, label, field string, want Answers, out *model.Source, f model.Fact) {
	f.Field = fieldOf(field)
	f.Codes = c.set(path, f.Field, want)
	c.addFact(path, label, out, f)
}

func (c *compiler) addFact(path, label string, out *model.Source, f model.Fact) {
	c.rule(score.RuleFact+len(out.Facts), path, label)
	out.Facts = append(out.Facts, f)
}

// rule notes the words of a row's rule and where it was written.
func (c *compiler) rule(number int, path, label string) {
	c.labels[uint8(number)] = label
	c.paths[uint8(number)] = path
}
