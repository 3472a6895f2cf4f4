package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/shared/evidence"
	"assay/shared/lifecycle"
)

// seed makes every run's samples the same but for the day they end on.
const seed = 1

// sampleDays is how far back samples go.
const sampleDays = 90

// samples generates leads through intake itself, with a clock of its own.
type samples struct {
	store intake.Store
	site  intake.Site
	in    *intake.Service
	r     *rand.Rand
	now   time.Time
	end   time.Time
}

// AddSamples adds n sample leads with visits, submits and outcomes over the 90
// days before end. They are marked sample and never alert; those that are there
// already are left as they are. It gives the number of touches sent.
func AddSamples(ctx context.Context, store intake.Store, keys intake.Keys, site intake.Site, n int, end time.Time) (int, error) {
	s := &samples{store: store, site: site, r: rand.New(rand.NewPCG(seed, seed)), end: end}
	s.in = intake.New(store, keys, func() time.Time { return s.now }, func(string) {})
	sent := 0
	for i := range n {
		touches, err := s.contact(ctx, i)
		if err != nil {
			return sent, fmt.Errorf("demo: sample %d: %w", i, err)
		}
		sent += touches
	}
	return sent, nil
}

// persona is a kind of sample contact.
type persona struct {
	share    int // of 100
	form     string
	kind     string
	interest int // how much of the site is read, 0 to 3
	profile  map[string]string
}

var personas = []persona{
	{14, "book-a-demo", "demo", 3, map[string]string{"role": "Head of Operations", "company_size": "201-500", "industry": "manufacturing", "timing": "under_3_months", "budget": "approved", "authority": "me_and_others", "need": "stock that the system says is there is not"}},
	{10, "book-a-demo", "demo", 2, map[string]string{"role": "Warehouse Manager", "company_size": "51-200", "industry": "wholesale", "timing": "3_to_6_months", "budget": "planned", "need": "counting takes the whole weekend"}},
	{8, "quick-demo", "demo", 1, nil},
	{16, "guide", "download", 2, map[string]string{"role": "Supply Chain Analyst", "company_size": "501-1000", "industry": "logistics"}},
	{12, "signup", "signup", 2, map[string]string{"role": "Director", "company_size": "11-50", "industry": "retail", "timing": "now"}},
	{10, "guide", "download", 0, map[string]string{"role": "student", "industry": "education"}},
	{18, "newsletter", "subscription", 1, nil},
	{12, "signup", "signup", 1, map[string]string{"role": "Consultant", "company_size": "1-10", "industry": "other", "timing": "just_looking"}},
}

var countries = []string{"DE", "GB", "US", "FR", "AT", "NL", "BR", "IN"}

func (s *samples) persona() *persona {
	at := s.r.IntN(100)
	for i := range personas {
		if at -= personas[i].share; at < 0 {
			return &personas[i]
		}
	}
	return &personas[0]
}

// contact sends one person's submits, and then what became of it.
func (s *samples) contact(ctx context.Context, i int) (touches int, err error) {
	p := s.persona()
	first := s.end.Add(-time.Duration(1+s.r.IntN(sampleDays*24-1)) * time.Hour)
	visitor := fmt.Sprintf("sample-visitor-%03d", i)
	domain := fmt.Sprintf("company-%03d.test", i)
	if p.interest == 0 || s.r.IntN(6) == 0 {
		domain = "freemail.test"
	}
	profile := map[string]string{"name": fmt.Sprintf("Sample %03d", i), "email": fmt.Sprintf("sample-%03d@%s", i, domain)}
	if p.kind != "subscription" {
		profile["company"] = fmt.Sprintf("Company %03d", i)
		profile["country"] = countries[s.r.IntN(len(countries))]
	}
	for k, v := range p.profile {
		profile[k] = v
	}
	submits := 1 + s.r.IntN(3)/2
	at := first
	for k := range submits {
		if at.After(s.end) {
			break
		}
		if err := s.submit(ctx, fmt.Sprintf("sample-%03d-%d", i, k), visitor, p, profile, at); err != nil {
			return touches, err
		}
		touches++
		at = at.Add(time.Duration(20+s.r.IntN(120)) * time.Hour)
	}
	return touches, s.outcome(ctx, i, first, profile["email"])
}

// submit reads some pages and sends the form, at the pace of a person.
func (s *samples) submit(ctx context.Context, id, visitor string, p *persona, profile map[string]string, at time.Time) error {
	s.now = at
	token, _ := s.in.Open(s.site.Key, visitor)
	v := intake.RawVisit{Session: token, HasSignals: true}
	second := 0
	see := func(kinds ...evidence.Kind) {
		for _, k := range kinds {
			v.Signals = append(v.Signals, evidence.Signal{Kind: k, Millis: uint32(second * 1000)})
			second += 4 + s.r.IntN(25)
		}
	}
	see(evidence.PageViewed)
	if p.interest > 0 {
		see(evidence.ScrolledHalf)
	}
	if p.interest > 1 {
		see(evidence.PricingViewed, evidence.ComparisonViewed)
	}
	if p.interest > 2 {
		see(evidence.StoryViewed, evidence.Active60s)
	}
	started, submitted := evidence.FormStarted, evidence.FormSubmitted
	switch p.kind {
	case "demo":
		started, submitted = evidence.AskStarted, evidence.AskSubmitted
	case "signup":
		submitted = evidence.SignupSubmitted
	case "download":
		submitted = evidence.DownloadSubmitted
	case "subscription":
		submitted = evidence.SubscriptionSubmitted
	}
	see(evidence.FormViewed, started, evidence.FieldAnswered, evidence.FieldAnswered)
	for range len(profile) / 2 {
		see(evidence.OptionalAnswered)
	}
	see(submitted)
	s.now = at.Add(time.Duration(second) * time.Second)
	return s.in.Accept(ctx, s.site, &intake.Submission{ID: id, Type: "submit", Visitor: visitor, At: s.now, Form: p.form, FormKind: p.kind,
		Page: "http://localhost/demo/" + p.form + "/", UTM: map[string]string{"source": []string{"search", "newsletter", "partner", "direct"}[s.r.IntN(4)]},
		Profile: profile, Visits: []intake.RawVisit{v}, Sample: true})
}

// outcome is what happened to a prospect in the weeks after: most deals of
// three weeks ago have ended by now.
func (s *samples) outcome(ctx context.Context, i int, first time.Time, email string) error {
	luck, days := s.r.IntN(100), 2+s.r.IntN(25)
	when := first.Add(time.Duration(days) * 24 * time.Hour)
	if when.After(s.end) {
		return nil
	}
	hash := s.in.MailIdentity(s.site.Key, email)
	return s.store.Update(ctx, s.site.Key, func(tx lead.Tx) error {
		tied, err := tx.Identities(hash)
		if err != nil {
			return err
		}
		l, err := tx.Lead(tied[hash])
		if err != nil || len(l.Transitions) == 0 || l.Transitions[len(l.Transitions)-1].Cause == lead.CauseImport {
			return err
		}
		if !s.settle(l, luck, when) {
			return nil
		}
		return tx.SaveLead(l)
	})
}

// settle moves a contact to where it ended and reports whether it did.
func (s *samples) settle(l *lead.Lead, luck int, when time.Time) bool {
	move := func(to lifecycle.Stage, why lifecycle.Reason) bool {
		before := len(l.Transitions)
		return !when.After(s.end) && l.Import(to, why, s.site.Model.Rater, when) == nil && len(l.Transitions) > before
	}
	switch {
	case l.Stage == lifecycle.Prospect.String() && luck < 60:
		if !move(lifecycle.Opportunity, lifecycle.NoReason) {
			return false
		}
		when = when.Add(9 * 24 * time.Hour)
		if luck < 28 {
			move(lifecycle.Customer, lifecycle.NoReason)
		} else {
			move(lifecycle.Lost, lifecycle.TooManyCompetitors)
		}
		return true
	case l.Stage == lifecycle.Prospect.String() && luck < 72:
		return move(lifecycle.Disqualified, lifecycle.BadTiming)
	case luck < 8:
		return move(lifecycle.Disqualified, lifecycle.NoNeed)
	}
	return false
}
