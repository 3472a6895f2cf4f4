package modeling

import (
	"fmt"
	"testing"
	"time"

	"assay/server/internal/lead"
	"assay/shared/model"
	"assay/shared/score"
)

func TestAMailDomainHasTheNearestClass(t *testing.T) {
	c, err := Compile(changed(t, `"own": ["assay.test"]`, `"own": ["assay.test", "lab.uni.edu"]`))
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"a@gmail.com": "free", "A@Mail.GMAIL.com": "free", "a@mailinator.com": "disposable", "a@uni.edu": "education", "a@ox.ac.uk": "education",
		"a@lab.uni.edu": "own", "a@assay.test": "own", "a@competitor.test": "competitor", "a@customer.test": "customer",
		"a@works.test": "business", "a@notgmail.com": "business", "": "", "nobody": "", "a@b": "",
	} {
		if got := c.MailClass(address); got != want {
			t.Errorf("%q is %q, want %q", address, got, want)
		}
	}
}

func TestTerritoriesMayOverlap(t *testing.T) {
	c, err := Compile(whole)
	if err != nil {
		t.Fatal(err)
	}
	// DACH has de, at and ch; Euro has de, at and fr, and earns five points.
	for country, want := range map[string]int{"Germany": 5, "DE": 5, "at": 5, "FR": 5, "ch": 0, "xx": 0, "Brazil": 0} {
		got := 0
		for _, row := range rate(t, c, map[string]string{"country": country}) {
			got += row
		}
		if got != want {
			t.Errorf("%s earns %d, want %d", country, got, want)
		}
	}
}

func TestRangesNeedNoListOfBounds(t *testing.T) {
	c, err := Compile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for size, want := range map[string]int{"10": 0, "11": 10, "11-50": 10, "50": 10, "51": 20, "1,000": 20, "1001": 10, "5000": 10, "5001": 0, "many": 0} {
		rows := rate(t, c, map[string]string{"company_size": size})
		if got := rows["Company size"] + rows["Company size beside the range"]; got != want {
			t.Errorf("a company of %s earns %d, want %d", size, got, want)
		}
	}
	for budget, want := range map[string]int{"49,999 EUR": 0, "50000": 10, "approved": 0, "none": 0} {
		if got := rate(t, c, map[string]string{"budget": budget})["Large budget"]; got != want {
			t.Errorf("a budget of %s earns %d, want %d", budget, got, want)
		}
	}
}

// listed stands for lists of one domain each.
type listed map[string]string

func (l listed) Of(address string) string { return l[address] }

func TestTheModelsWordOnADomainOutranksTheLists(t *testing.T) {
	c, err := Compile(whole)
	if err != nil {
		t.Fatal(err)
	}
	c.UseLists(listed{"a@customer.test": "disposable", "a@ten.test": "disposable", "a@post.test": "free", "nobody": "free"})
	for address, want := range map[string]string{"a@customer.test": "customer", "a@ten.test": "disposable", "a@post.test": "free", "a@works.test": "business", "nobody": ""} {
		if got := c.MailClass(address); got != want {
			t.Errorf("%q is %q, want %q", address, got, want)
		}
	}
}

// The engine compares 24 bits of a domain, so some pass for one that is listed. The server knows better, where a
// person would be held for it.
func TestADomainThatOnlyLooksListedToTheEngineClosesNoGate(t *testing.T) {
	c, err := Compile(StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	address := ""
	for i := 0; ; i++ {
		if address = fmt.Sprintf("buyer@works-%d.test", i); c.Rater.MistakenGates(address) != 0 {
			break
		}
		if i == 10_000_000 {
			t.Fatal("no domain passes for another one")
		}
	}
	now := time.Now()
	l := &lead.Lead{Said: now, Profile: map[string]string{"email": address}}
	s, err := c.Rater.Score(&score.Input{Now: now.Unix(), Said: now.Unix(), Profile: lead.Texts(l.Profile)})
	if err != nil || s.Gates == 0 {
		t.Fatalf("the engine closes no gate for %s (error %v)", address, err)
	}
	if s, err = c.Rater.Rate(l, now); err != nil || s.Gates != 0 {
		t.Errorf("%s: gates %b (error %v), want none", address, s.Gates, err)
	}
	if got := c.MailClass(address); got != "business" {
		t.Errorf("%s is %q, want business", address, got)
	}
	l.Profile["email"] = "buyer@competitor.test"
	if s, err = c.Rater.Rate(l, now); err != nil || s.Gates != model.GateCompetitor {
		t.Errorf("a competitor: gates %b (error %v)", s.Gates, err)
	}
}
