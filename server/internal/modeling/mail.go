package modeling

import (
	"strings"

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

// domains gives the code of each listed domain.
func domains(m *Mail) map[string]profile.Code {
	codes := map[string]profile.Code{}
	for i, class := range mailClasses {
		for _, domain := range class.of(m) {
			codes[strings.ToLower(strings.TrimSpace(domain))] = profile.Code(i + 2)
		}
	}
	return codes
}

// listed gives an address's code as profile.Read does, by the domains themselves:
// the engine compares 24 bits of them, and takes one of some ten thousand domains
// for a word that it is not.
func (c *Compiled) listed(address string) profile.Code {
	code := profile.Read(profile.Email, []byte(address), &c.words, nil)
	if code <= profile.Other {
		return code
	}
	domain := strings.ToLower(strings.TrimSpace(address[strings.LastIndexByte(address, '@')+1:]))
	for above := true; above; _, domain, above = strings.Cut(domain, ".") {
		if code, ok := c.mail[domain]; ok {
			return code
		}
	}
	return profile.Other
}

// mistaken gives a function that tells which gates the engine closes for an
// address that is not listed, but for those that other answers may close.
func (c *Compiled) mistaken(m *model.Model) func(address string) model.GateBit {
	var other model.GateBit
	var gates []model.Gate
	for i := range m.Gates() {
		if g := m.GateRule(i); g.Field == profile.Email {
			gates = append(gates, g)
		} else {
			other |= g.Bit
		}
	}
	return func(address string) (bits model.GateBit) {
		taken := profile.Read(profile.Email, []byte(address), &c.words, nil)
		code := c.listed(address)
		for _, g := range gates {
			if g.Codes>>taken&1 == 1 && g.Codes>>code&1 == 0 {
				bits |= g.Bit
			}
		}
		return bits &^ other
	}
}
