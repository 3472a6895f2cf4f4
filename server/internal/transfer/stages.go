package transfer

import (
	"strings"

	"assay/shared/lifecycle"
)

// standing is where a file says that a contact stands.
type standing struct {
	stage  lifecycle.Stage
	reason lifecycle.Reason
}

// stageWords are stages as HubSpot and Salesforce name them, letters and digits
// alone; ours go by their own names.
var stageWords = map[string]standing{
	"mql": {stage: lifecycle.SalesReady}, "marketingqualifiedlead": {stage: lifecycle.SalesReady},
	"sql": {stage: lifecycle.Prospect}, "salesqualifiedlead": {stage: lifecycle.Prospect}, "qualified": {stage: lifecycle.Prospect},
	"closedconverted": {stage: lifecycle.Prospect}, "converted": {stage: lifecycle.Prospect},
	"opendeal": {stage: lifecycle.Opportunity},
	"won":      {stage: lifecycle.Customer}, "closedwon": {stage: lifecycle.Customer}, "evangelist": {stage: lifecycle.Customer},
	"closedlost":  {stage: lifecycle.Lost},
	"unqualified": {stage: lifecycle.Disqualified}, "notqualified": {stage: lifecycle.Disqualified}, "closednotconverted": {stage: lifecycle.Disqualified},
	"badtiming": {lifecycle.Disqualified, lifecycle.BadTiming},
	"spam":      {lifecycle.Junk, lifecycle.Spam}, "test": {lifecycle.Junk, lifecycle.Test},
}

// early are words of contacts that are leads, whatever is being done with them.
const early = " anonymous new open opennotcontacted working workingcontacted contacted inprogress attemptedtocontact connected nurturing other "

// stageOf reads a word for a stage; known is false for one that nobody knows.
func stageOf(word string) (s standing, known bool) {
	key := plain(word)
	for stage := lifecycle.Subscriber; stage < lifecycle.Stages; stage++ {
		if plain(stage.String()) == key {
			return standing{stage: stage}, true
		}
	}
	if s, ok := stageWords[key]; ok {
		return s, true
	}
	return standing{stage: lifecycle.Lead}, strings.Contains(early, " "+key+" ")
}

// further gives of two words on one contact the one that counts: a customer is
// one whatever else is said, an end outweighs the way to it, and on the way the
// further stage counts.
func (s standing) further(o standing) standing {
	rank := func(s standing) lifecycle.Stage {
		if s.stage == lifecycle.Customer {
			return lifecycle.Stages
		}
		return s.stage
	}
	if rank(o) > rank(s) {
		return o
	}
	return s
}

// because adds why a contact is out or lost. Words that are no code are another
// reason; of junk only spam and tests have one.
func (s standing) because(text string) standing {
	if strings.TrimSpace(text) == "" || s.stage < lifecycle.Lost {
		return s
	}
	key := plain(text)
	if s.stage == lifecycle.Junk {
		if key == lifecycle.Test.String() {
			s.reason = lifecycle.Test
		}
		return s
	}
	s.reason = lifecycle.Other
	for r := range lifecycle.Reasons {
		if _, ok := lifecycle.CodeOf(r.String()); ok && plain(r.String()) == key {
			s.reason = r
		}
	}
	return s
}

// yes reads a check box.
func yes(s string) bool {
	switch plain(s) {
	case "1", "true", "yes", "y", "x", "ja":
		return true
	}
	return false
}
