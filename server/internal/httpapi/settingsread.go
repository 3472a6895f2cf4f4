package httpapi

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"assay/server/internal/auth"
)

// maxSetting is the longest text in a site's settings in bytes.
const maxSetting = 2000

// maxSettings is how many there are of anything: the body's bound is smaller.
const maxSettings = MaxBody

// ReadSettings reads what somebody wants a site's settings to be, and checks it.
// It fails with a *Problem that names every fault; unknown counts the members
// that mean nothing. What is not given has its default, but for name, origins,
// consent and rev.
func ReadSettings(key string, body []byte) (s *auth.Site, unknown int, err error) {
	m, err := parseObject(body)
	if err != nil {
		return nil, 0, err
	}
	r := &settingsReader{members: m}
	s = &auth.Site{Key: key, Rev: r.rev(), Name: m.text("name", maxSetting), Consent: m.text("consent", maxID),
		AllowAutomation: r.isOn("allow_automation"), Live: r.isOn("live"), Leave: r.isOn("leave"),
		Origins: r.lines("origins"), Answers: r.lines("answers"), Forms: r.forms(), Pages: r.pages(), Panel: r.panel(), Routing: r.routing()}
	if given := m.text("key", maxSetting); given != "" && given != key {
		m.fault("key", "other_site", "want the settings of the site that is named, whose key cannot be changed")
	}
	m.take("model") // that was shown, so that it can be sent back
	unread := slices.Clone(m.faults.list)
	for _, fault := range s.Check() {
		if !named(unread, fault.Pointer) {
			m.faults.add(fault.Pointer, "invalid_setting", "%s", fault.Want)
		}
	}
	unknown = r.unknown + m.unknown()
	if len(m.faults.list) > 0 {
		return nil, unknown, problem(http.StatusUnprocessableEntity, "invalid_settings", "Nothing was changed: a setting is wrong.").with(m.faults.list...)
	}
	return s, unknown, nil
}

// settingsReader reads a site's settings from a body.
type settingsReader struct {
	*members
	unknown int // members below the first level
}

// named reports whether faults name a member, or what it is in.
func named(faults []Fault, pointer string) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool {
		return f.Pointer == pointer || strings.HasPrefix(pointer, f.Pointer+"/")
	})
}

func (r *settingsReader) rev() int64 {
	if !r.has("rev") {
		r.fault("rev", "required", "want the rev of the settings that this is a change of")
	}
	n, _ := r.whole("rev", math.MaxInt64)
	return n
}

func (r *settingsReader) isOn(name string) bool {
	on := r.flag(name)
	return on != nil && *on
}

// lines reads a list of texts.
func (r *settingsReader) lines(name string) (texts []string) {
	list, _ := r.values(name, maxSettings)
	for i, b := range list {
		s, ok := textOf(b)
		switch {
		case !ok:
			r.faults.add(r.pointer(name)+"/"+strconv.Itoa(i), "invalid_type", "want text")
		case len(s) > maxSetting || strings.IndexByte(s, 0) >= 0:
			r.faults.add(r.pointer(name)+"/"+strconv.Itoa(i), "invalid_text", "want at most %d bytes without NUL", maxSetting)
		}
		texts = append(texts, s)
	}
	return texts
}

func (r *settingsReader) forms() map[string]auth.Form {
	all := r.object("forms")
	if all == nil {
		return nil
	}
	forms := make(map[string]auth.Form, len(all.list))
	for _, x := range all.list {
		if f := all.object(x.name); f != nil {
			forms[x.name] = auth.Form{Kind: f.text("kind", maxID), Selector: f.text("selector", maxSetting)}
			r.unknown += f.unknown()
		}
	}
	return forms
}

func (r *settingsReader) pages() (pages []auth.PageRule) {
	list, _ := r.values("pages", maxSettings)
	for i, b := range list {
		p := r.element("pages", i, b)
		pages = append(pages, auth.PageRule{Signal: p.text("signal", maxID), Path: p.text("path", maxSetting)})
		r.unknown += p.unknown()
	}
	return pages
}

func (r *settingsReader) panel() (p auth.Panel) {
	m := r.object("panel")
	if m == nil {
		return p
	}
	in := &settingsReader{members: m}
	p = auth.Panel{On: in.isOn("on"), BookingURL: m.text("booking_url", maxSetting), Ask: in.lines("ask")}
	r.unknown += m.unknown()
	return p
}

func (r *settingsReader) routing() (to auth.Routing) {
	m := r.object("routing")
	if m == nil {
		return to
	}
	to.EverybodyAfter, to.AdminsAfter = m.minutes("everybody_after"), m.minutes("admins_after")
	if h := m.object("hours"); h != nil {
		days := &settingsReader{members: h}
		to.Hours = auth.Hours{Zone: h.text("zone", maxID), Days: days.lines("days"), From: h.text("from", maxID), To: h.text("to", maxID)}
		r.unknown += h.unknown()
		if to.Hours.IsZero() {
			h.faults.add(h.path, "invalid_setting", "want zone, days, from and to, or null for all times")
		}
	}
	r.unknown += m.unknown()
	return to
}

// minutes reads a whole number, which may be less than 0; a missing one is 0.
func (m *members) minutes(name string) int {
	b, ok := m.take(name)
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(string(b), 10, 32)
	if err != nil {
		m.fault(name, "invalid_type", "want a whole number of minutes")
	}
	return int(n)
}
