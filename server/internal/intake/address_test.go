package intake_test

import (
	"fmt"
	"testing"
)

// What was no page's address was kept as it came: reps, exports and webhooks got it.
func TestOfAnAddressIsKeptWhatAPageHasAndNothingThatIsNone(t *testing.T) {
	h := open(t)
	for i, c := range []struct{ given, kept string }{
		{"https://ann:secret@site.test/book?mail=ann@x.test#top", "https://site.test/book"},
		{"HTTP://site.test/", "http://site.test/"},
		{"/book?mail=ann@x.test", "/book"},
		{"android-app://com.google.android.gm/", "android-app://com.google.android.gm/"},
		{"", ""},
		{"javascript:alert(1)", ""},
		{"javascript://site.test/%0aalert(1)", ""},
		{"data:text/html,<p>ann@x.test", ""},
		{"mailto:ann@x.test", ""},
		{"https:ann@x.test", ""},
		{"file:///home/ann/book.html", ""},
	} {
		mail := fmt.Sprint(i, "@works.test")
		sub := h.submit(fmt.Sprint("t", i), "", map[string]string{"email": mail})
		sub.Page, sub.Referrer = c.given, c.given
		h.accept(sub)
		id, err := h.LeadOf(t.Context(), h.site, mail)
		if err != nil {
			t.Fatal(err)
		}
		touches, err := h.store.Touches(t.Context(), "demo", id, 10)
		if err != nil || len(touches) != 1 {
			t.Fatalf("%q: %d touches, %v", c.given, len(touches), err)
		}
		if got := touches[0]; got.Page != c.kept || got.Referrer != c.kept {
			t.Errorf("%q is kept as %q and %q, want %q", c.given, got.Page, got.Referrer, c.kept)
		}
	}
}
