package modeling

import (
	"assay/shared/model"
	"assay/shared/profile"
)

// MaxMailDomains is how many domains a model may list: they go to every
// visitor's browser. The long public lists stay on the server, without points.
const MaxMailDomains = 150

// mailClasses are the classes of mail domains in the order of their codes,
// which are the same in every model.
var mailClasses = []struct {
	name string
	of   func(*Mail) []string
}{
	{"free", func(m *Mail) []string { return m.Free }},
	{"disposable", func(m *Mail) []string { return m.Disposable }},
	{"education", func(m *Mail) []string { return m.Education }},
	{"own", func(m *Mail) []string { return m.Own }},
	{"competitor", func(m *Mail) []string { return m.Competitor }},
	{"customer", func(m *Mail) []string { return m.Customer }},
}

func (c *compiler) mail(out *model.Source) {
	a, total := c.answersOf(profile.Email), 0
	for _, class := range mailClasses {
		code := a.add(class.name)
		for i, domain := range class.of(&c.a.Mail) {
			total++
			if w, ok := c.word(at("/mail", class.name, i), profile.Email, domain, code); ok {
				out.Words = append(out.Words, w)
				a.words[class.name]++
			}
		}
	}
	if total > MaxMailDomains {
		c.fault("/mail", "too_many", "want at most %d domains, got %d: the long public lists are the server's already", MaxMailDomains, total)
	}
}
