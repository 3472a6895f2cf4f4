package lead_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"assay/server/internal/lead"
)

func TestStampsAreStoredOnceForEachTouch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stamp := rapid.Custom(func(t *rapid.T) lead.Stamp {
			n := rapid.IntRange(0, 4).Draw(t, "touch")
			if n == 0 {
				return lead.Stamp{}
			}
			return lead.Stamp{At: monday.Add(time.Duration(n%3) * time.Nanosecond), Touch: fmt.Sprint("touch-", n)}
		})
		told := rapid.MapOfN(rapid.OneOf(rapid.StringMatching("[a-z]{1,3}"), rapid.StringN(1, 4, 12)), stamp.Filter(func(s lead.Stamp) bool { return s.Touch != "" }), 1, 12)
		want := lead.Stamps{Newest: stamp.Draw(t, "newest"), Source: stamp.Draw(t, "source"), Profile: told.Draw(t, "profile"), Answers: told.Draw(t, "answers")}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		for n := 1; n <= 4; n++ {
			if strings.Count(string(text), fmt.Sprintf("touch-%d", n)) > 1 {
				t.Fatalf("a touch is named twice: %s", text)
			}
		}
		var got lead.Stamps
		if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v: %s\n got %v\nwant %v", err, text, got, want)
		}
	})
}

func TestStampsThatWereStoredOneByOneAreRead(t *testing.T) {
	var got lead.Stamps
	text := `{"newest":{"at":"2026-11-22T10:00:00Z","touch":"t2"},"profile":{"email":{"at":"2026-11-21T10:00:00Z","touch":"t1"}}}`
	if err := json.Unmarshal([]byte(text), &got); err != nil || got.Newest.Touch != "t2" || got.Profile["email"].Touch != "t1" {
		t.Errorf("%v: %+v", err, got)
	}
}
