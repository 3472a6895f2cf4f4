package install

import (
	"regexp"
	"slices"

	"assay/server/internal/auth"
)

// tellsConsent finds a page that tells the script what the visitor said.
var tellsConsent = regexp.MustCompile(`assay\(\s*['"]consent['"]`)

// platforms are those whose answers the script passes on, by their names in
// data-cmp (web/widget/consent.ts).
var platforms = []string{"google", "tcf"}

// consent says whether visitors are told, and asked where the site asks.
func consent(r *Report, site *auth.Site, p *page, t *tag) {
	if slices.ContainsFunc(r.Forms, func(f Form) bool { return f.Name != "" }) {
		if p.notices > 0 {
			r.add("notice_found")
		} else {
			r.add("notice_missing")
		}
	}
	asks := auth.ConsentRequired
	if site.Consent == auth.ConsentNotRequired {
		asks = auth.ConsentNotRequired
	}
	switch {
	case asks == auth.ConsentNotRequired:
		r.add("consent_not_required")
	case tellsConsent.MatchString(p.inline), t != nil && slices.Contains(platforms, t.cmp):
		r.add("consent_asked")
	default:
		r.add("consent_never_told")
	}
	if t != nil && t.cmp != "" && !slices.Contains(platforms, t.cmp) {
		r.add("consent_platform_unknown", t.cmp)
	}
	if t != nil && t.consent != "" && t.consent != asks {
		r.add("consent_tag_overruled", t.consent)
	}
}
