package auth

import (
	"context"
	"errors"
	"reflect"
)

// SetSite replaces what people set of a site, over the revision that the
// settings hold; its models stay. It gives the site as it is then, and the names
// of what changed: where that is nothing, nothing is written. Its faults are
// ErrNotFound, a *SettingError, and ErrChanged, with the site as it is now.
func (s *Service) SetSite(ctx context.Context, settings *Site) (now *Site, changed []string, err error) {
	if faults := settings.Check(); len(faults) > 0 {
		return nil, nil, faults[0]
	}
	old, err := s.store.Site(ctx, settings.Key)
	if err != nil {
		return nil, nil, err
	}
	next := *settings
	next.Model, next.Models = old.Model, old.Models
	if changed = next.unlike(old); len(changed) == 0 { // also what was set by a call whose answer was lost
		return old, nil, nil
	}
	if old.Rev != settings.Rev {
		return old, nil, ErrChanged
	}
	err = s.store.SaveSite(ctx, &next)
	if !errors.Is(err, ErrChanged) {
		return &next, changed, err
	}
	if old, err = s.store.Site(ctx, settings.Key); err != nil {
		return nil, nil, err
	}
	return old, nil, ErrChanged
}

// unlike names what is set otherwise than in another site.
func (s *Site) unlike(other *Site) (names []string) {
	theirs := other.parts()
	for i, p := range s.parts() {
		if !alike(p.value, theirs[i].value) {
			names = append(names, p.name)
		}
	}
	return names
}

type part struct {
	name  string
	value any
}

// parts are what people set of a site, by the names that they know.
func (s *Site) parts() []part {
	return []part{{"name", s.Name}, {"origins", s.Origins}, {"consent", s.Consent}, {"allow_automation", s.AllowAutomation}, {"live", s.Live}, {"leave", s.Leave},
		{"forms", s.Forms}, {"pages", s.Pages}, {"answers", s.Answers}, {"panel", s.Panel}, {"routing", s.Routing}}
}

// alike compares values; of lists and maps, none and an empty one are the same.
func alike(a, b any) bool {
	if k := reflect.TypeOf(a).Kind(); k == reflect.Slice || k == reflect.Map {
		if reflect.ValueOf(a).Len() == 0 && reflect.ValueOf(b).Len() == 0 {
			return true
		}
	}
	return reflect.DeepEqual(a, b)
}
