package install

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Bounds of a Watch.
const (
	listens    = 30 * time.Second // how long a site is watched after somebody asked
	maxSeen    = 50               // newest things that are kept of a site
	maxWatched = 1000             // sites at a time
)

// Seen is something that a page of a site did. Of what visitors said it holds
// the names of the fields alone.
type Seen struct {
	N      int64     `json:"n"`
	At     time.Time `json:"at"`
	Origin string    `json:"origin"` // of the page; empty: this server's own, or a program's
	Touch  string    `json:"-"`      // its id; empty: no touch, or one that was refused
	Page   string    `json:"page,omitempty"`
	Form   string    `json:"form,omitempty"`
	Kind   string    `json:"kind,omitempty"`
	// Fields are the profile's that were understood, Answers the further ones.
	Fields  []string `json:"fields,omitempty"`
	Answers []string `json:"answers,omitempty"`
	Verdict string   `json:"verdict,omitempty"` // where the lead is known by its mail address
	Grade   string   `json:"grade,omitempty"`
	Finding
}

// Watch remembers for a moment what the pages of some sites do: those for which
// somebody listens. It is safe for concurrent use; the zero value is empty.
type Watch struct {
	mu    sync.Mutex
	sites map[string]*watched
}

type watched struct {
	until time.Time
	last  int64
	list  []Seen
}

// Listen has a site watched for a while, and gives what was seen after a number,
// oldest first, with the number to go on after. Below 0, nothing was seen yet.
func (w *Watch) Listen(site string, after int64, now time.Time) (list []Seen, next int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sites == nil {
		w.sites = map[string]*watched{}
	}
	for key, s := range w.sites {
		if now.After(s.until) {
			delete(w.sites, key)
		}
	}
	s := w.sites[site]
	if s == nil {
		if len(w.sites) >= maxWatched {
			return nil, 0
		}
		s = &watched{}
		w.sites[site] = s
	}
	s.until = now.Add(listens)
	if after > s.last { // of a server that is no more
		after = 0
	}
	if after >= 0 {
		for _, seen := range s.list {
			if seen.N > after {
				list = append(list, seen)
			}
		}
	}
	return list, s.last
}

// Wants reports whether somebody listens to a site.
func (w *Watch) Wants(site string, now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.sites[site]
	return s != nil && !now.After(s.until)
}

// Note remembers what a page did, if somebody listens: what came of it by its
// code, one of SeenCodes, with the arguments of its sentence. A touch that comes
// again, as pages send it when they went before the answer came, is noted once.
func (w *Watch) Note(site string, seen Seen, code string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.sites[site]
	if s == nil || seen.At.After(s.until) || s.has(seen.Touch) {
		return
	}
	word := seenWords[code]
	seen.Finding = Finding{code, word.severity, fmt.Sprintf(word.sentence, args...), word.do}
	s.last++
	seen.N = s.last
	s.list = append(s.list, seen)
	if len(s.list) > maxSeen {
		s.list = slices.Delete(s.list, 0, len(s.list)-maxSeen)
	}
}

// has reports whether a touch was noted already.
func (s *watched) has(touch string) bool {
	return touch != "" && slices.ContainsFunc(s.list, func(seen Seen) bool { return seen.Touch == touch })
}

// Understood writes names of fields as a sentence has them.
func Understood(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.ReplaceAll(strings.Join(names, ", "), "_", " ")
}

// seenWords are what can come of what a page does, by code.
var seenWords = map[string]wording{
	"page_seen":        {Fine, "%s asked for a session and got it.", ""},
	"page_turned_away": {Fault, "%s was turned away: the site's settings do not list it.", "Add its origin to the site's settings."},
	"touch_verified":   {Fine, "The form %q was sent. Understood: %s. Its evidence is verified.", ""},
	"touch_corrected":  {Note, "The form %q was sent. Understood: %s. The server corrected the page's score.", "Once or twice after a model was published is as it must be; if it goes on, see that pages get /engine/ and /models/ unchanged."},
	"touch_unverified": {Note, "The form %q was sent. Understood: %s. It has no evidence that counts: %s.", "Without consent, and with a privacy signal, that is as it must be; else see that pages reach /v1/sites/."},
	"touch_suspect":    {Warning, "The form %q was sent. Understood: %s. It is suspect: %s.", "Fill the form in by hand, in a browser that no program drives."},
	"touch_nameless":   {Warning, "The form %q was sent. Understood: %s. Without a mail address its leads cannot be told apart.", `Add autocomplete="email" or data-assay-field="email" to the field.`},
	"touch_failed":     {Fault, "A form was sent and refused: %s", "See what the sentence names; pages keep what is refused for a server that is busy, and send it again."},
	"touch_unread":     {Fault, "A request could not be read and was refused; it is no form that was sent: %s", "See what the sentence names. The tag's script sends no such thing: look for a program, or for an old copy of the script."},
}

// SeenCodes gives the codes of all that Note takes, sorted.
func SeenCodes() []string { return slices.Sorted(maps.Keys(seenWords)) }
