package install

import (
	"maps"
	"slices"
)

type wording struct {
	severity     Severity
	sentence, do string
}

// words are all findings, by code.
var words = map[string]wording{
	"page_not_public":      {Fault, "The address does not lead to the public internet, at port 80 or 443.", "Give the address under which visitors open the page."},
	"page_redirects_badly": {Fault, "The page redirects too often, or to where a page cannot be.", "Give the address at which the page is in the end."},
	"page_certificate":     {Fault, "The page's certificate is not valid for its address.", "Renew it: browsers warn visitors before they show the page."},
	"page_unreachable":     {Fault, "The page gave no answer: the address is misspelt, nothing is there, or it takes too long.", "Look at the spelling, and open it in a private window; if that works, let this server through a firewall, or check from another place with assay install check."},
	"page_status":          {Fault, "The page answered with status %d.", "Give the address of a page that everybody may open."},
	"page_not_html":        {Fault, "What is there is not HTML.", "Give the address of the page that has the form."},
	"page_redirected":      {Note, "The page redirects to %s.", ""},
	"page_unreadable":      {Fault, "The page's elements are nested more than 512 deep.", "Give the address of a page that browsers show as it is meant."},
	"page_cut":             {Note, "Only the first 1 MB of the page was looked at.", ""},

	"tag_found":        {Fine, "The tag is there: %s.", ""},
	"tag_missing":      {Fault, "The tag is not on this page.", "Paste it into the page's head, as GET /v1/install gives it."},
	"tag_managed":      {Warning, "The tag is not in the page itself. A tag manager may add it, which cannot be seen from here.", "Open the page and look for data-assay-band on the form, or for assay.js among the network requests."},
	"tag_by_script":    {Note, "A script of the page adds the tag, so that its attributes cannot be seen from here.", ""},
	"tag_twice":        {Warning, "The tag is there more than once. All but the first do nothing.", "Remove the others; often one is in a template and one in a tag manager."},
	"tag_blocking":     {Warning, "The tag has neither async nor defer: the page waits for it.", "Add async."},
	"tag_other_site":   {Fault, "The tag carries the key %q, which is not this site's.", "Set data-site to this site's key."},
	"tag_without_site": {Fault, "The tag has no data-site.", "Add data-site with this site's key."},
	"tag_insecure":     {Fault, "The page comes by https and asks for the script by http, which browsers block.", "Write https:// in the tag's src."},
	"tag_pinned":       {Fine, "The tag is pinned to a version, with its hash.", ""},

	"integrity_missing":     {Note, "The tag names a version, without integrity.", "Take the pinned tag from GET /v1/install, or the rolling address /assay.js."},
	"integrity_wrong":       {Fault, "The hash in the tag's integrity is not that of the script, so browsers block it.", "Take the tag anew from GET /v1/install."},
	"integrity_rolling":     {Warning, "The tag has integrity and the rolling address: the next version will be blocked.", "Use the pinned tag of GET /v1/install, or remove integrity."},
	"integrity_crossorigin": {Fault, "The tag has integrity without crossorigin, so browsers block a script of another host.", `Add crossorigin="anonymous".`},
	"version_earlier":       {Note, "The tag names an earlier version, which this server still has.", ""},
	"version_unknown":       {Fault, "The tag names a version that this server does not have.", "Take the tag anew from GET /v1/install."},

	"csp_none":            {Fine, "The page has no Content-Security-Policy.", ""},
	"csp_allows":          {Fine, "The page's Content-Security-Policy lets script, engine and connections through.", ""},
	"csp_script_blocked":  {Fault, "The page's Content-Security-Policy blocks the script: %s.", "Add the script's host to script-src, or the page's nonce to the tag."},
	"csp_connect_blocked": {Fault, "The page's Content-Security-Policy blocks connections to the script's host: %s.", "Add the host to connect-src."},
	"csp_wasm_blocked":    {Warning, "The page's Content-Security-Policy allows no WebAssembly: the form works and the server scores, but there is no live band.", "Add 'wasm-unsafe-eval' to script-src."},
	"csp_sandbox":         {Fault, "The page's Content-Security-Policy is a sandbox without scripts.", "Add allow-scripts to sandbox."},

	"endpoint_reachable":       {Fine, "The script is served at its address.", ""},
	"endpoint_local":           {Warning, "The script's address is one that only this machine or its network can reach.", "Set ASSAY_PUBLIC_URL to the address that visitors can reach."},
	"endpoint_unreachable":     {Fault, "The script's address did not answer.", "See that it can be reached from outside; behind a proxy, that /assay.js, /v1/, /engine/ and /models/ are passed on."},
	"endpoint_unseen":          {Warning, "This server could not reach its own public address.", "Check from another place with assay install check; some networks do not let a server call itself."},
	"endpoint_other_script":    {Warning, "What is served at the tag's address is not the script of this server.", "See that the proxy passes it on unchanged, and that it has no old copy."},
	"endpoint_boot_failed":     {Fault, "The script's host does not pass /v1/sites/ on.", "Have the proxy pass on /v1/sites/ and /v1/touches, with the Origin header."},
	"origin_allowed":           {Fine, "The site's settings allow pages of %s.", ""},
	"origin_refused":           {Fault, "The site's settings do not list %s, so that its touches are refused.", "Add it to the site's origins."},
	"forms_none":               {Warning, "The page has no form that could be seen. Forms that scripts add, or that are in frames, cannot be seen from here.", "Check the page that has the form, or look for data-assay-band on it in a browser."},
	"form_found":               {Fine, "The form %q is of kind %s; understood: %s.", ""},
	"form_unnamed":             {Warning, "A form that asks for a mail address has no name, so that the script leaves it alone.", "Add data-assay-form to it, or a CSS selector for it to the site's settings."},
	"form_kind_missing":        {Warning, "The form %q has no kind and counts as other.", "Add data-assay-kind, or set its kind in the site's settings."},
	"form_kind_unknown":        {Warning, "The form %q has a kind that does not exist: %q. It counts as other.", "Use demo, quote, appointment, trial, contact_sales, signup, download, subscription or other."},
	"form_without_mail":        {Warning, "The form %q has no field that is understood as a mail address, so that its leads cannot be told apart.", `Add autocomplete="email" or data-assay-field="email" to the field.`},
	"form_answers_dropped":     {Note, "Of the form %q these fields do not go along: %s.", "List those that you want in the site's answers, or map them with data-assay-field."},
	"form_selector_unknown":    {Warning, "The selector of the form %q in the site's settings could not be read.", "Write it as CSS."},
	"notice_found":             {Fine, "The notice stands on the page.", ""},
	"notice_missing":           {Warning, "Visitors are not told that their enquiry is rated.", "Add <p data-assay-notice></p> beside the form."},
	"consent_not_required":     {Note, "The site does not ask for consent: evidence counts from the first page on.", ""},
	"consent_asked":            {Fine, "The site asks for consent, and the page tells the visitor's answer.", ""},
	"consent_never_told":       {Note, "The site asks for consent, and nothing in the page itself tells the visitor's answer: until then leads are unverified.", "Have the consent banner call assay('consent', true) and assay('consent', false), or name its platform in the tag by data-cmp."},
	"consent_platform_unknown": {Warning, "The tag names a platform for consent that the script does not know: data-cmp=%q.", "Write data-cmp=\"tcf\" or data-cmp=\"google\", or have the consent banner call assay('consent', true)."},
	"consent_tag_overruled":    {Note, "The tag says data-consent=%q; the site's settings outrank it.", "Remove it from the tag, or change the site's settings."},
}

// Codes gives the codes of all findings, sorted.
func Codes() []string { return slices.Sorted(maps.Keys(words)) }
