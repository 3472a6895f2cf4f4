package transfer

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"assay/server/internal/intake"
	"assay/shared/lifecycle"
	"assay/shared/profile"
)

// rowPrefix begins the ids of touches that rows are.
const rowPrefix = "row-"

// reading is one row on its way to intake.
type reading struct {
	p      *plan
	r      *record
	row    *intake.Row
	faults []Fault
}

// read gives a row as intake wants it, or all that is wrong with it. What is
// said after now was said now.
func (p *plan) read(r *record, site, name string, now time.Time) (*intake.Row, string, []Fault) {
	if r.fault != nil {
		return nil, "", []Fault{*r.fault}
	}
	p.count(r)
	p.doubt(r)
	d := &reading{p: p, r: r, row: &intake.Row{Form: name, Profile: map[string]string{}, Answers: map[string]string{}}}
	id, _ := p.first(r, toID)
	d.profile()
	d.answers()
	d.row.Source = d.brief(toSource, maxSource)
	d.row.Since, d.row.At = d.instant(toCreated), d.instant(toSeen)
	if d.row.Since.After(d.row.At) && !d.row.At.IsZero() {
		d.row.Since = d.row.At
	}
	d.stands()
	objected, _ := p.first(r, toObjected)
	d.row.Objected = yes(objected)
	if sample, c := p.first(r, toSample); yes(sample) {
		d.fault(c, "sample", "a sample is no contact, and is not imported")
	}
	if len(d.faults) > 0 {
		return nil, id, d.faults
	}
	d.row.ID = touchID(site, name, id, d.row) // of what the file says, whenever it is read
	d.row.Since, d.row.At = past(d.row.Since, now), past(d.row.At, now)
	return d.row, id, nil
}

// past gives an instant, or now for one that is yet to come.
func past(at, now time.Time) time.Time {
	if at.After(now) {
		return now
	}
	return at
}

func (d *reading) fault(c *Column, code, detail string) {
	f := Fault{Code: code, Detail: detail}
	if c != nil {
		f.Column = c.Name
	}
	d.faults = append(d.faults, f)
}

// The longest texts that a touch may say, in characters.
const (
	maxSource = 500
	maxAnswer = 2000
)

// short reads a text of at most so many bytes.
func (d *reading) short(target string, most int) string {
	return d.text(target, most, "bytes", func(s string) int { return len(s) })
}

// brief reads a text of at most so many characters.
func (d *reading) brief(target string, most int) string {
	return d.text(target, most, "characters", utf8.RuneCountInString)
}

func (d *reading) text(target string, most int, unit string, size func(string) int) string {
	v, c := d.p.first(d.r, target)
	switch {
	case size(v) > most:
		d.fault(c, "too_long", fmt.Sprintf("want at most %d %s", most, unit))
	case strings.IndexByte(v, 0) >= 0:
		d.fault(c, "invalid_text", "want text without NUL")
	default:
		return v
	}
	return ""
}

func (d *reading) profile() {
	said := d.row.Profile
	for f := range profile.Fields {
		if v := d.short(f.String(), profile.MaxText); v != "" {
			said[f.String()] = v
		}
	}
	if said["name"] == "" {
		name := strings.TrimSpace(d.short(toFirst, profile.MaxText/2-1) + " " + d.short(toLast, profile.MaxText/2-1))
		if name != "" {
			said["name"] = name
		}
	}
	if email := strings.TrimSpace(said["email"]); email != "" {
		if said["email"] = email; !intake.ValidEmail(email) {
			_, c := d.p.first(d.r, "email")
			d.fault(c, "invalid_email", "want a mail address")
		}
	}
	if said["email"] == "" && said["phone"] == "" && said["name"] == "" && len(d.faults) == 0 {
		d.fault(nil, "nobody", "want a mail address, a phone number or a name")
	}
}

func (d *reading) answers() {
	for target := range d.p.by {
		if name, ok := strings.CutPrefix(target, toAnswers); ok {
			if v := d.brief(target, maxAnswer); v != "" {
				d.row.Answers[name] = v
			}
		}
	}
}

// instant reads when something was; zero where the file does not say.
func (d *reading) instant(target string) time.Time {
	v, c := d.p.first(d.r, target)
	if v == "" {
		return time.Time{}
	}
	at, ok := date(v, c.order)
	if !ok {
		d.fault(c, "invalid_date", "want a date such as 2026-11-22, with or without a time")
	}
	return at
}

// stands reads where the contact stands from all that says so.
func (d *reading) stands() {
	s := standing{stage: lifecycle.Lead}
	stage, _ := d.p.first(d.r, toStage)
	status, _ := d.p.first(d.r, toStatus)
	converted, _ := d.p.first(d.r, toConverted)
	if stage != "" {
		s = d.p.stage(stage)
	}
	if status != "" {
		s = s.further(d.p.stage(status))
	}
	if yes(converted) {
		s = s.further(standing{stage: lifecycle.Prospect})
	}
	why, _ := d.p.first(d.r, toReason)
	s = s.because(why)
	d.row.Stage, d.row.Reason = s.stage, s.reason
}

// touchID is the same for the same row of the same import, however often and
// from whichever file it is read, and another one once the row says something
// else.
func touchID(site, name, id string, row *intake.Row) string {
	h := sha256.New()
	add := func(parts ...string) {
		for _, s := range parts {
			fmt.Fprintf(h, "%d:%s", len(s), s)
		}
	}
	add(site, name, id, row.At.UTC().Format(time.RFC3339Nano), row.Since.UTC().Format(time.RFC3339Nano), row.Source, row.Stage.String(), row.Reason.String(),
		strconv.FormatBool(row.Objected))
	for _, said := range []map[string]string{row.Profile, row.Answers} {
		for _, k := range slices.Sorted(maps.Keys(said)) {
			add(k, said[k])
		}
		add("")
	}
	return rowPrefix + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}
