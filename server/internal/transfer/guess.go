package transfer

import (
	"strings"

	"assay/shared/profile"
)

// Targets that a column may fill besides a profile's fields (profile.FieldOf)
// and, as "answers.NAME", an answer.
const (
	toID        = "id"         // of the row, as its program knows it
	toFirst     = "first_name" // the name is both, where no column has all of it
	toLast      = "last_name"
	toCreated   = "created"   // since when the contact is known
	toSeen      = "seen"      // when it was last heard of
	toSource    = "source"    // where it came from
	toStage     = "stage"     // where it stands
	toStatus    = "status"    // says more of where it stands
	toConverted = "converted" // yes or no: qualified elsewhere
	toReason    = "reason"    // why it is lost or disqualified
	toSample    = "sample"    // yes: not a real contact
	toObjected  = "objected"  // yes: the contact objected to being scored
	toAnswers   = "answers."
	ignored     = "-"
)

// guesses are what columns are called by HubSpot, Salesforce, spreadsheets and
// our own export, letters and digits alone, the best first: of several columns
// that fill one target, the first with a value counts.
var guesses = []struct{ target, names string }{
	{"email", "email emailaddress mail workemail businessemail emailadresse primaryemail"},
	{"name", "name fullname contactname displayname leadname"},
	{toFirst, "firstname givenname vorname prenom forename"},
	{toLast, "lastname surname familyname nachname nom"},
	{"phone", "phone phonenumber telephone workphone businessphone telefon mobilephone mobilephonenumber mobile mobil"},
	{"company", "company companyname companyaccount account accountname organization organisation organizationname employer firma associatedcompany"},
	{"role", "role jobtitle title position jobrole rolle"},
	{"company_size", "companysize numberofemployees employees noofemployees numemployees employeecount employeerange mitarbeiter"},
	{"industry", "industry branche sector"},
	{"country", "country countryregion mailingcountry countryname mailingcountrycode countrycode countryregioncode billingcountry land ipcountry"},
	{"budget", "budget"},
	{"timing", "timing timeline timeframe"},
	{"need", "need challenge"},
	{"authority", "authority buyingrole"},
	{"tools", "tools currenttools"},
	{"message", "message description"},
	{toSource, "source leadsource originalsource originaltrafficsource originalsourcetype hsanalyticssource"},
	{toCreated, "created firstseen createdate createddate createdat datecreated creationdate becamealeaddate"},
	{toSeen, "seen lastseen lastactivitydate lastactivity lastactivityat lastengagementdate lastcontacted lastmodifieddate lastmodified updatedat"},
	{toStage, "stage lifecyclestage contactstage"},
	{toStatus, "status leadstatus hsleadstatus"},
	{toConverted, "converted isconverted"},
	{toReason, "reason disqualificationreason disqualifiedreason unqualifiedreason lostreason closedlostreason"},
	{toID, "id recordid recordidcontact leadid contactid hsobjectid externalid vid"},
	{toSample, "sample"},
	{toObjected, "objected"},
}

// computed are columns of our own export that a file cannot tell us.
const computed = " nurturing grade fitletter engagementlevel band fit fitknown engagement verdict held reviewdue " +
	"owner ownername form page rev stalled disagrees "

// guess gives the target of a column by its name, and how well the name fits, 0
// the best. Without one the target is empty, or ignored for what is computed.
func guess(column string) (target string, rank int) {
	if name, ok := strings.CutPrefix(column, toAnswers); ok && name != "" {
		return column, 0
	}
	if i := strings.LastIndexByte(column, '.'); i >= 0 { // the member of an object within
		column = column[i+1:]
	}
	key := plain(column)
	if key == "" {
		return "", 0
	}
	for _, g := range guesses {
		for rank, name := range strings.Fields(g.names) {
			if name == key {
				return g.target, rank
			}
		}
	}
	if strings.Contains(computed, " "+key+" ") {
		return ignored, 0
	}
	return "", 0
}

// plain leaves of a text its letters and digits, in lower case.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c > 0x7f:
			return c
		}
		return -1
	}, s)
}

// isTarget reports whether a column may fill a target.
func isTarget(t string) bool {
	if _, ok := profile.FieldOf(t); ok {
		return true
	}
	name, ok := strings.CutPrefix(t, toAnswers)
	return ok && name != "" || strings.Contains(" "+strings.Join(targets(), " ")+" ", " "+t+" ")
}

// targets are the names that a column map may use, but for answers.
func targets() []string {
	list := []string{toID, toFirst, toLast, toCreated, toSeen, toSource, toStage, toStatus, toConverted, toReason, toSample, toObjected}
	for f := range profile.Fields {
		list = append(list, f.String())
	}
	return list
}
