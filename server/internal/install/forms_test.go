package install

import (
	"reflect"
	"testing"

	"assay/server/internal/auth"
)

// judgedPage checks a text as a page, without the network.
func judgedPage(t *testing.T, s *auth.Site, text string) *Report {
	t.Helper()
	c := checker(t, "https://assay.test")
	p := parsePage(&answer{url: parsed(t, "https://www.northbeck.test/"), body: []byte(text)})
	var r Report
	c.forms(&r, s, p)
	consent(&r, s, p, nil)
	return &r
}

func TestEachFieldIsUnderstoodAsTheScriptDoes(t *testing.T) {
	for markup, want := range map[string]Field{
		`<input name="your-email">`:                               {"your-email", "text", "email", "name"},
		`<input name="x" autocomplete="work email">`:              {"x", "text", "email", "autocomplete"},
		`<input name="x" type="email">`:                           {"x", "email", "email", "type"},
		`<input name="mail" data-assay-field="name">`:             {"mail", "text", "name", "markup"},
		`<input name="how_heard">`:                                {"how_heard", "text", "answer", ""},
		`<input name="other">`:                                    {"other", "text", "dropped", ""},
		`<input name="w" data-assay-field="honeypot">`:            {"w", "text", "honeypot", "markup"},
		`<input name="email" type="hidden">`:                      {"email", "hidden", "never", ""},
		`<input name="email" disabled>`:                           {"email", "text", "never", ""},
		`<fieldset disabled><input name="email"></fieldset>`:      {"email", "text", "never", ""},
		`<p data-assay-ignore><input name="email"></p>`:           {"email", "text", "never", ""},
		`<input name="p" type="PASSWORD">`:                        {"p", "password", "never", ""},
		`<input name="csrf_token">`:                               {"csrf_token", "text", "never", ""},
		`<input name="email" type="odd">`:                         {"email", "text", "email", "name"},
		`<select name="how_heard" multiple><option></select>`:     {"how_heard", "select-multiple", "answer", ""},
		`<textarea name="how_heard"></textarea><button></button>`: {"how_heard", "textarea", "answer", ""},
	} {
		r := judgedPage(t, site(), `<form data-assay-form="f">`+markup+`</form>`)
		if len(r.Forms) != 1 || !reflect.DeepEqual(r.Forms[0].Fields, []Field{want}) {
			t.Errorf("%s: %+v", markup, r.Forms)
		}
	}
}

func TestFormsAreNamedByMarkupOrSettings(t *testing.T) {
	s := site()
	s.Forms = map[string]auth.Form{"book": {Kind: "demo", Selector: "#contact form, main > form.book"}, "odd": {Kind: "demo", Selector: ":is("}, "f": {Kind: "demo"}}
	for text, wanted := range map[string][]string{
		`<main><form class="book"><input name="email"></form></main>`:                      {"form_found", "!form_unnamed", "form_selector_unknown"},
		`<form><input name="email"></form>`:                                                {"form_unnamed", "!form_found", "!notice_missing"},
		`<form role="search"><input name="q"></form>`:                                      {"!form_unnamed", "!form_found"},
		`<form data-assay-form="f" data-assay-kind="nonsense"><input name="email"></form>`: {"form_found", "!form_kind_unknown"}, // the settings outrank it
		`<form data-assay-form="g" data-assay-kind="nonsense"><input name="email"></form>`: {"form_kind_unknown"},
		`<form data-assay-form="g"><input name="email"></form><p data-assay-notice></p>`:   {"form_kind_missing", "notice_found"},
		`<form data-assay-form="f"><input name="colour"></form>`:                           {"form_without_mail", "form_answers_dropped", "notice_missing"},
		`<form id="a" data-assay-form="f"></form><input name="email" form="a">`:            {"!form_without_mail"},
		`<form data-assay-form="f"><input name="email" form="b"></form>`:                   {"form_without_mail"},
		`<p>nothing</p>`: {"forms_none", "!notice_missing"},
		`<form data-assay-form="f"></form><script>assay("consent", true)</script>`: {"consent_asked"},
		`<form data-assay-form="f"></form>`:                                        {"consent_never_told"},
	} {
		wants(t, text, judgedPage(t, s, text), wanted...)
	}
	s.Consent = auth.ConsentNotRequired
	wants(t, "not required", judgedPage(t, s, ""), "consent_not_required", "!consent_never_told")
}

func TestATagThatTheSettingsOverruleIsNamed(t *testing.T) {
	var r Report
	consent(&r, site(), &page{}, &tag{consent: "not-required"})
	wants(t, "overruled", &r, "consent_tag_overruled")
}

func TestARuleThatCannotBeReadIsNoRule(t *testing.T) {
	for _, text := range []string{"{", `{"closed":"("}`, `{"closed":"x","fields":[{"name":"a","pattern":"("}]}`} {
		if _, err := New(Options{Public: "https://assay.test", Rules: []byte(text)}); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

func TestEveryWordingThatMatterSaysWhatToDo(t *testing.T) {
	for _, code := range Codes() {
		if w := words[code]; (w.severity == Fault || w.severity == Warning) && w.do == "" {
			t.Errorf("%s says nothing to do", code)
		}
	}
}

func TestAPlatformForConsentIsKnownOrNamed(t *testing.T) {
	for cmp, wanted := range map[string][]string{
		"tcf": {"consent_asked", "!consent_platform_unknown"}, "google": {"consent_asked", "!consent_platform_unknown"},
		"TCF": {"consent_never_told", "consent_platform_unknown"}, "": {"consent_never_told", "!consent_platform_unknown"},
	} {
		var r Report
		consent(&r, site(), &page{}, &tag{cmp: cmp})
		wants(t, cmp, &r, wanted...)
	}
}
