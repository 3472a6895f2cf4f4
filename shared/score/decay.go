package score

// halves[i] is 2^30 * 2^(-i/32), rounded: one half-life in 32 steps.
var halves = [33]uint32{
	1073741824, 1050733751, 1028218693, 1006186087, 984625594, 963527098,
	942880699, 922676710, 902905651, 883558244, 864625413, 846098274,
	827968132, 810226483, 792865000, 775875538, 759250125, 742980960,
	727060411, 711481005, 696235434, 681316545, 666717336, 652430958,
	638450708, 624770026, 611382493, 598281827, 585461881, 572916640,
	560640218, 548626854, 536870912,
}

// ageing is how a rule's points lose their worth.
type ageing struct {
	hold, halfLife uint32 // seconds
	inverse        uint64 // 2^48 / halfLife, so that no score has to divide
}

func newAgeing(hold, halfLife uint32) ageing {
	if halfLife == 0 {
		return ageing{hold: hold}
	}
	return ageing{hold, halfLife, (1 << 48) / uint64(halfLife)}
}

// worth gives what milli-points are worth after some seconds: all of them while
// held, half of them after each half-life. Between the table's steps it goes in
// a straight line, which is off by less than 7 in 100,000; it never rises with
// age. A half-life of 0 never ages.
func (a *ageing) worth(points int64, age uint32) int64 {
	if a.halfLife == 0 || age <= a.hold {
		return points
	}
	age -= a.hold
	n := uint32(0)
	if age >= a.halfLife {
		if n = age / a.halfLife; n >= 32 {
			return 0
		}
		age -= n * a.halfLife
	}
	at := uint32(uint64(age) * a.inverse >> 32) // position in the half-life, 16 bits
	step, between := at>>11&31, at&2047
	drop := uint64(halves[step]-halves[step+1]) * uint64(between) >> 11
	factor := uint64(halves[step]) - drop
	if points < 0 {
		return -int64(uint64(-points) * factor >> 30 >> n)
	}
	return int64(uint64(points) * factor >> 30 >> n)
}

// whole rounds milli-points to points, halves away from zero.
func whole(milli int64) int64 {
	if milli < 0 {
		return -((-milli + 500) / 1000)
	}
	return (milli + 500) / 1000
}
