package main

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// percentile gives the smallest of some ascending values that at least p of
// them (0 to 1) do not exceed: the nearest rank. There must be one.
func percentile[T any](ascending []T, p float64) T {
	rank := int(math.Ceil(p * float64(len(ascending))))
	return ascending[min(max(rank, 1), len(ascending))-1]
}

// median gives the middle one of some values, the mean of the middle two, or 0
// for none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// medianOf gives the median of what f tells of some rounds.
func medianOf[T any](rounds []T, f func(T) float64) float64 {
	values := make([]float64, 0, len(rounds))
	for _, r := range rounds {
		values = append(values, f(r))
	}
	return median(values)
}

// best gives the greatest of what f tells of some rounds; there must be one.
func best[T any, N cmp.Ordered](rounds []T, f func(T) N) N {
	top := f(rounds[0])
	for _, r := range rounds[1:] {
		top = max(top, f(r))
	}
	return top
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
func us(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
func mb(bytes int64) float64     { return float64(bytes) / (1 << 20) }
