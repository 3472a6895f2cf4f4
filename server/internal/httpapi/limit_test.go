package httpapi

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"assay/server/internal/intake"
)

func TestAnAddressMayBurstAndThenHasARate(t *testing.T) {
	l, now, client := newLimiter(60, time.Minute, 3), time.Unix(1_800_000_000, 0), netip.MustParseAddr("203.0.113.5")
	for i := range 3 {
		if wait := l.wait(client, now); wait != 0 {
			t.Errorf("request %d waits %v", i, wait)
		}
	}
	for range 5 { // what is refused costs nothing
		if wait := l.wait(client, now); wait != time.Second {
			t.Errorf("one too many waits %v, want 1 s", wait)
		}
	}
	if wait := l.wait(netip.MustParseAddr("203.0.113.6"), now); wait != 0 {
		t.Errorf("another address waits %v", wait)
	}
	now = now.Add(time.Second)
	if first, second := l.wait(client, now), l.wait(client, now); first != 0 || second != time.Second {
		t.Errorf("a second later: %v, then %v", first, second)
	}
}

func TestANetworkOf64BitsIsOneClient(t *testing.T) {
	l, now := newLimiter(60, time.Minute, 1), time.Unix(1_800_000_000, 0)
	l.wait(netip.MustParseAddr("2001:db8::1"), now)
	if l.wait(netip.MustParseAddr("2001:db8::ffff:2"), now) == 0 {
		t.Error("a neighbour was let through")
	}
	if l.wait(netip.MustParseAddr("2001:db8:0:1::1"), now) != 0 {
		t.Error("another network was not")
	}
}

func TestALimiterForgetsTheQuietestFirstAndNeverGrowsFurther(t *testing.T) {
	l, now := newLimiter(1, time.Minute, 1), time.Unix(1_800_000_000, 0)
	busy := netip.MustParseAddr("203.0.113.5")
	l.wait(busy, now)
	for i := range uint32(3 * maxAddresses) {
		l.wait(netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, i))), now)
		if i%1000 == 0 && l.wait(busy, now) == 0 {
			t.Fatalf("after %d others a busy address was forgotten", i)
		}
		if n := len(l.young) + len(l.old); n > maxAddresses {
			t.Fatalf("%d addresses are remembered", n)
		}
	}
}

// One that sent as many as it might filled a site's day in eight hours, and then no
// other visitor's left form was kept.
func TestNoAddressUsesUpTheLeftFormsThatASiteKeepsOfADay(t *testing.T) {
	l, begun, client := newLimits().leaves, time.Unix(1_800_000_000, 0), netip.MustParseAddr("203.0.113.5")
	taken := 0
	for now := begun; now.Before(begun.Add(24 * time.Hour)); now = now.Add(10 * time.Second) {
		for l.wait(client, now) == 0 {
			taken++
		}
	}
	if taken < 200 || taken > intake.LeavesPerDay/15 {
		t.Errorf("%d of one address were taken, want some 270 of the %d that a site keeps", taken, intake.LeavesPerDay)
	}
	if l.wait(netip.MustParseAddr("203.0.113.6"), begun) != 0 {
		t.Error("another address waits")
	}
}

func BenchmarkLimit(b *testing.B) {
	l, now, client := newLimiter(1<<30, time.Minute, 1<<30), time.Now(), netip.MustParseAddr("203.0.113.5")
	b.ReportAllocs()
	for b.Loop() {
		l.wait(client, now)
	}
}
