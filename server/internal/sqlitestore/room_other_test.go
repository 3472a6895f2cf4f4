//go:build !linux

package sqlitestore

import "testing"

// smallDisk gives a folder that is a disk of its own.
func smallDisk(t *testing.T, _ string) string {
	t.Helper()
	t.Skip("how to make a small disk is written for Linux alone")
	return ""
}

// resize gives a small disk another size.
func resize(t *testing.T, _, _ string) { t.Helper() }
