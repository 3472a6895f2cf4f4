package lifecycle

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write README.md anew from the table")

// What each kind of event is, in words.
var eventWords = [Kinds]string{
	OnSubmit:     "a form was submitted",
	OnScore:      "evidence without a form changed the score",
	OnAge:        "time passed, or another model was published",
	OnSuspect:    "a contact has nothing but suspect evidence",
	OnMerge:      "another record was merged into this one",
	OnImport:     "a file names the contact, and perhaps its stage",
	OnAccept:     "a rep takes the contact on",
	OnReject:     "a rep gives it back, with a reason code",
	OnDisqualify: "a person rules it out, with a reason code; spam makes it junk",
	OnReopen:     "a person takes back a disqualification, loss, rejection or nurturing mark",
	OnPin:        "a person fixes the stage",
	OnUnpin:      "a person leaves the stage to the rules again",
	OnNurture:    "a person marks it nurturing",
	OnConverse:   "a conversation, or the attempt at one, was recorded",
	OnOpen:       "an opportunity was opened",
	OnWin:        "the opportunity was won",
	OnLose:       "the opportunity was lost",
	OnAdd:        "a person added the contact by hand",
	OnRelease:    "a reviewer found a held or suspect contact genuine",
	OnJunk:       "a reviewer found it spam or a test",
}

// What each standing decision means for the rules.
var decisionWords = [Decisions]string{
	Undecided:         "the rules are free",
	DecidedAccept:     "rules never send it back",
	DecidedReject:     "rules never promote it",
	DecidedDisqualify: "it stays out",
	DecidedReopen:     "rules never send it back",
	DecidedPin:        "rules never move it",
	DecidedLose:       "it stays lost",
}

func TestTheDocumentedTableIsTheOneThatRuns(t *testing.T) {
	want := document()
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("README.md is not what the table says: run go test ./shared/lifecycle -run Documented -update")
	}
}

func document() string {
	var b strings.Builder
	b.WriteString(`# The lifecycle of a contact

Written by a test from the table in [table.go](table.go), the same table that every move is looked up in: ` + "`go test ./shared/lifecycle -run Documented -update`" + `.

An event and a site's policy go in; the moves to record come out, one for each stage on the way, each with its cause and reason.
Nothing else moves a contact. What is not in the table cannot happen.

## In one picture

Imports and merges walk the same arrows forward and are left out here, and so are the moves that rules make at once when a person
leaves a contact to them (unpin, release). An arrow from the box stands for each stage in it; one to the box leads to the stage before.

`)
	diagram(&b)
	b.WriteString("\n## Every move\n\n| from | to | on | cause | policy | reason |\n|---|---|---|---|---|---|\n")
	for i := range table {
		tableLine(&b, &table[i])
	}
	fmt.Fprintf(&b, "\n*code* stands for any of %s.\n", quoted(members(Codes, Reasons)))
	b.WriteString("\n## Events\n\n| event | what happened |\n|---|---|\n")
	for k, words := range eventWords {
		fmt.Fprintf(&b, "| `%v` | %s |\n", Kind(k), words)
	}
	b.WriteString(`
## Decisions of people

A decision stands until that person or an admin changes it, or until new evidence arrives and the site's policy says that it may reopen.
Where the rules would have it otherwise, the state says so, and the step in which that begins is counted.

| decision | while it stands |
|---|---|
`)
	for d, words := range decisionWords {
		fmt.Fprintf(&b, "| %v | %s |\n", Decision(d), words)
	}
	return b.String()
}

func tableLine(b *strings.Builder, r *row) {
	policy := "both"
	if r.Under != always {
		policy = strings.Join(members(uint64(r.Under), Promotions), ", ")
	}
	why := strings.Join(members(r.Why&^Codes, Reasons), ", ")
	switch codes := r.Why & Codes; {
	case codes == Codes:
		why = strings.TrimPrefix(why+", *code*", ", ")
	case codes == Codes&^(1<<Spam):
		why = "*code* but spam"
	case codes != 0:
		why = strings.Join(members(r.Why, Reasons), ", ")
	}
	fmt.Fprintf(b, "| %s | %v | %s | %v | %s | %s |\n", strings.Join(members(uint64(r.From), Stages), ", "), r.To,
		quoted(members(uint64(r.On), Kinds)), r.Cause, policy, why)
}

// members gives the names of a set's members.
func members[T interface {
	~uint8
	fmt.Stringer
}](set uint64, n T) (names []string) {
	for m := T(0); m < n; m++ {
		if set>>m&1 == 1 {
			names = append(names, m.String())
		}
	}
	return names
}

func quoted(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
