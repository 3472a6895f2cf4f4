package shoppers

import (
	"os"
	"path/filepath"
	"testing"
)

// realData gives all sessions of the data, or skips the test where the file is not.
func realData(t *testing.T) []Session {
	t.Helper()
	folder := os.Getenv("ASSAY_TEST_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(folder, "online_shoppers_intention.csv"))
	if os.IsNotExist(err) {
		t.Skipf("the sessions of real shoppers are not part of the repository: get online_shoppers_intention.csv "+
			"from the UCI Machine Learning Repository (DOI 10.24432/C5F88Q) and name its folder in ASSAY_TEST_DATA (%v)", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sessions, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return sessions
}
