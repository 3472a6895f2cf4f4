package main

import "testing"

func prepareLeads(t testing.TB, n int) []*prepared {
	t.Helper()
	leads, err := randomLeads(n)
	if err != nil {
		t.Fatal(err)
	}
	return leads
}

func allEngines(t testing.TB) []engine {
	t.Helper()
	all, err := engines()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheJobHas25RulesOver21Attributes(t *testing.T) {
	if n := len(facts) + len(signals); n != 25 {
		t.Errorf("%d rules", n)
	}
	if n := len(new(lead).attributes()); n != 21 {
		t.Errorf("%d attributes", n)
	}
}

func TestAllEnginesGiveEqualScores(t *testing.T) {
	all := allEngines(t)
	seen := map[scores]bool{}
	for i, l := range prepareLeads(t, 10_000) {
		want, err := byHand(l)
		if err != nil {
			t.Fatal(err)
		}
		seen[want] = true
		for _, e := range all {
			if got, err := e.score(l); err != nil || got != want {
				t.Fatalf("lead %d, %+v: %s says %+v (%v), by hand it is %+v", i, l.lead, e.name, got, err, want)
			}
		}
	}
	if len(seen) < 1000 {
		t.Errorf("only %d different scores: the leads try too little", len(seen))
	}
}

func TestOursAllocatesNothing(t *testing.T) {
	leads := prepareLeads(t, 100)
	ours := allEngines(t)[0]
	if n := testing.AllocsPerRun(10, func() {
		for _, l := range leads {
			_, _ = ours.score(l)
		}
	}); n != 0 {
		t.Errorf("%v allocations in %d scores", n, len(leads))
	}
}

func BenchmarkPeers(b *testing.B) {
	leads := prepareLeads(b, 10_000)
	for _, e := range allEngines(b) {
		b.Run(e.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := e.score(leads[i%len(leads)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
