package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"assay/server/internal/config"
	"assay/server/internal/demo"
	"assay/server/internal/intake"
	"assay/shared/evidence"
)

// plan is what a kind of person does, and which alerts reps must get of it:
// one for whoever becomes a prospect, a quiet one for an ask of anybody else
// (domain rule 16), and none again within half an hour.
type plan struct {
	name   string
	forms  []string // one touch each
	fits   bool     // the person is whom the model looks for
	reads  bool     // and comes with evidence
	alerts []string // kinds
}

var plans = []plan{
	{"asks", []string{"book-a-demo"}, true, false, []string{"prospect"}},
	{"reads and asks", []string{"book-a-demo"}, true, true, []string{"prospect"}},
	{"asks twice", []string{"book-a-demo", "book-a-demo"}, true, false, []string{"prospect"}},
	{"downloads and asks", []string{"guide", "book-a-demo"}, true, true, []string{"prospect"}},
	{"asks without saying who", []string{"book-a-demo"}, false, false, []string{"hand_raise"}},
	{"subscribes", []string{"newsletter"}, false, false, nil},
}

// person is a visitor who fills in forms under a mail address of their own.
type person struct {
	email   string
	plan    *plan
	touches []*touch
}

// touch is one delivery, and what is known of it.
type touch struct {
	id       string
	body     []byte
	tries    atomic.Int32
	accepted atomic.Bool // answered with 202
}

// crowd makes people, and remembers them all.
type crowd struct {
	sessions *intake.Service
	log      []byte
	run      string // makes ids those of one run
	plans    []plan // that people have

	mu     sync.Mutex
	people []*person
}

// since is how long ago the visitors' sessions began: longer than their logs.
const since = 10 * time.Minute

// newCrowd makes a crowd for servers with the keys in a file, which is made if
// it is not there. Sessions are signed as a boot answer would have been some
// minutes ago: nobody needs to wait for evidence to be old enough.
func newCrowd(keyFile, run string) (*crowd, error) {
	keys, err := config.LoadKeys(keyFile)
	if err != nil {
		return nil, err
	}
	then := func() time.Time { return time.Now().Add(-since) }
	return &crowd{log: readingBuyer(), run: run, plans: plans,
		sessions: intake.New(nil, intake.Keys{Session: keys.Session, Identity: keys.Identity}, then, nil)}, nil
}

// next makes one more person.
func (c *crowd) next(rng *rand.Rand) (*person, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := fmt.Sprintf("%s-%d", c.run, len(c.people))
	p := &person{email: "buyer@company-" + id + ".test", plan: &c.plans[rng.IntN(len(c.plans))]}
	visitor := "v" + id
	for i, form := range p.plan.forms {
		t := &touch{id: fmt.Sprintf("%s-%d", id, i)}
		body := map[string]any{"id": t.id, "type": "submit", "site": demo.Key, "visitor": visitor, "form": form, "consent": true,
			"at": time.Now().UTC(), "page": "http://localhost:3000/demo/" + form + "/", "profile": p.profile()}
		if p.plan.reads {
			session, _ := c.sessions.Open(demo.Key, visitor)
			body["visits"] = []map[string]string{{"session": session, "evidence": base64.RawURLEncoding.EncodeToString(c.log)}}
		}
		var err error
		if t.body, err = json.Marshal(body); err != nil {
			return nil, err
		}
		p.touches = append(p.touches, t)
	}
	c.people = append(c.people, p)
	return p, nil
}

// all gives everybody there was.
func (c *crowd) all() []*person {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]*person(nil), c.people...)
}

func (p *person) profile() map[string]string {
	if !p.plan.fits {
		return map[string]string{"email": p.email}
	}
	return map[string]string{"email": p.email, "name": "Buyer", "company": "Company", "role": "Head of Operations",
		"company_size": "201-500", "industry": "manufacturing", "country": "DE", "timing": "under_3_months", "need": "Stock that is there"}
}

// readingBuyer is the log of somebody who reads for two minutes and then fills
// in a form, at a person's pace.
func readingBuyer() []byte {
	var l evidence.Log
	at := uint32(0)
	for _, k := range []evidence.Kind{evidence.PageViewed, evidence.ScrolledHalf, evidence.PricingViewed, evidence.ScrolledHalf,
		evidence.Active60s, evidence.PageViewed, evidence.FormViewed, evidence.FieldAnswered, evidence.FieldAnswered} {
		_ = l.Append(k, at) // within every bound
		at += 15_000
	}
	return l.Bytes()
}
