package shoppers

import (
	"math/rand/v2"
	"testing"

	"assay/server/internal/modeling"
	"assay/shared/evidence"
	"assay/shared/score"
)

// The bounds are the figures seen, rounded down to two decimals. Engine and
// data are exact, so a figure falls only where the model, the engine or the
// mapping changed: find out why before lowering a bound. These are the figures
// that learning has to beat.
//
// On behaviour alone the starter model orders this shop's sessions a little
// worse than the plain number of pages does: it caps a day's page views on
// purpose (volume is not quality), and a plan page earns once a day while
// everybody here sees one. Coming back, which the rows tell without a date, is
// no visit in the log and earns nothing; those who came back bought less often.
func TestStarterModelRanksBuyersAboveOthers(t *testing.T) {
	sessions := realData(t)
	for _, c := range []struct {
		name    string
		mapping Mapping
		least   float64
	}{
		{"starter model, behaviour", Behaviour, 0.65},
		{"starter model, with page values (leaks)", WithPageValues, 0.85},
	} {
		scores := engagement(t, sessions, c.mapping)
		r := rankBy(sessions, func(i int) int64 { return scores[i] })
		many, lowest, highest := spread(scores)
		t.Logf("%s: AUC %.4f; %d scores from %d to %d; %.1f %% of the pairs tie", c.name, r.AUC(), many, lowest, highest,
			100*float64(r.Tied)/float64(r.Pairs))
		if r.AUC() < c.least {
			t.Errorf("%s: AUC %.4f, want at least %.2f", c.name, r.AUC(), c.least)
		}
	}
}

// What a single column or no column at all reaches, so that the model's figures
// mean something. These move with the data alone.
func TestTrivialScoresRankBuyersAsWellAsTheyEverDid(t *testing.T) {
	sessions := realData(t)
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name     string
		score    func(i int) int64
		from, to float64
	}{
		{"everybody alike", func(int) int64 { return 0 }, 0.5, 0.5},
		{"in random order", func(int) int64 { return random.Int64() }, 0.48, 0.52},
		{"number of pages", func(i int) int64 { return sessions[i].AllPages() }, 0.66, 0.67},
		{"time on all pages", func(i int) int64 { return sessions[i].AllMillis() }, 0.67, 0.68},
		{"page values above 0 (leaks)", func(i int) int64 { return one(sessions[i].PageValue) }, 0.84, 0.85},
	} {
		r := rankBy(sessions, c.score)
		t.Logf("%s: AUC %.4f; %.1f %% of the pairs tie", c.name, r.AUC(), 100*float64(r.Tied)/float64(r.Pairs))
		if r.AUC() < c.from || r.AUC() > c.to {
			t.Errorf("%s: AUC %.4f, want %.2f to %.2f", c.name, r.AUC(), c.from, c.to)
		}
	}
}

// rankBy ranks sessions by a score of each.
func rankBy(sessions []Session, score func(i int) int64) Ranking {
	all := make([]Ranked, len(sessions))
	for i := range sessions {
		all[i] = Ranked{score(i), sessions[i].Bought}
	}
	return Rank(all)
}

// engagement scores every session under the starter model at its last signal.
func engagement(t *testing.T, sessions []Session, m Mapping) []int64 {
	t.Helper()
	starter, err := modeling.Compile(modeling.StarterSource)
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]int64, len(sessions))
	for i := range sessions {
		log, err := sessions[i].Evidence(m)
		if err != nil {
			t.Fatalf("row %d: %v", i+1, err)
		}
		_, last, err := evidence.Check(log.Bytes())
		if err != nil {
			t.Fatalf("row %d: %v", i+1, err)
		}
		now := Start + int64(last)/1000
		result, err := starter.Rater.Score(&score.Input{Now: now, Said: now, Visits: []evidence.Visit{{Start: Start, Log: log.Bytes()}}})
		if err != nil {
			t.Fatalf("row %d: %v", i+1, err)
		}
		scores[i] = int64(result.Engagement)
	}
	return scores
}

// spread says how many different scores there are, and between which two.
func spread(scores []int64) (many int, lowest, highest int64) {
	seen := map[int64]bool{}
	lowest, highest = scores[0], scores[0]
	for _, s := range scores {
		seen[s] = true
		lowest, highest = min(lowest, s), max(highest, s)
	}
	return len(seen), lowest, highest
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
