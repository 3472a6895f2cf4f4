package desk

import "testing"

// Whatever is taken for a cursor leads to a place that gives the same cursor.
func FuzzCursor(f *testing.F) {
	f.Add(Place{Priority: 3, Seen: 5, ID: "l1"}.Cursor(SortPriority))
	f.Add(Top.Cursor(SortPriority))
	f.Add("A")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := (&Query{Sort: SortPriority, Cursor: text}).After()
		if err != nil || text == "" {
			return
		}
		again, err := (&Query{Sort: SortPriority, Cursor: p.Cursor(SortPriority)}).After()
		if err != nil || again != p {
			t.Errorf("%+v became %+v, %v", p, again, err)
		}
	})
}

func TestCursorsBelongToTheirSort(t *testing.T) {
	p := Place{Priority: 3, Seen: -5, ID: "l1"}
	for _, sort := range []string{"", SortRecent, SortPriority} {
		got, err := (&Query{Sort: sort, Cursor: p.Cursor(sort)}).After()
		if err != nil || got != p {
			t.Errorf("sort %q: got %+v, %v", sort, got, err)
		}
	}
	if _, err := (&Query{Sort: SortPriority, Cursor: p.Cursor(SortRecent)}).After(); err != ErrCursor {
		t.Errorf("the cursor of another sort: %v", err)
	}
}
