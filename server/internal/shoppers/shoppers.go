// Package shoppers turns sessions of a real online shop into evidence, so that
// a model can be held against what people really did. Nothing of the server
// uses it: it is an example of a converter and the ground of a baseline, how
// well the starter model ranks buyers, that learning will have to beat.
//
// # Data
//
// C. O. Sakar, Y. Kastro, "Online Shoppers Purchasing Intention Dataset", UCI
// Machine Learning Repository, 2018, DOI 10.24432/C5F88Q, licence CC BY 4.0:
// 12,330 sessions of one shop, one a row, of which 1,908 ended in a purchase.
// The file is not part of this repository. Tests look for it beside the project
// in ../shared/data, or in the folder that ASSAY_TEST_DATA names.
//
// # Mapping
//
// A column becomes a signal where it says what the visitor did and the
// vocabulary has a word for that. The words were chosen by their meaning
// and never by what they do to the ranking.
//
//	column                  signal         reason
//	Administrative          page_viewed    pages of one's account: of no special class
//	Informational           docs_viewed    pages that explain the shop and how to reach it
//	ProductRelated          plan_viewed    one product and its price are a shop's plan page
//	..._Duration            instants       a page lasts its kind's seconds by its kind's pages
//	total of the durations  active_60s,    reached at 60 and 180 seconds; seconds between pages
//	                        active_180s    are the most that attention can have been
//	VisitorType             returned_week  of Returning_Visitor; the data does not date the
//	                                       earlier visit, so no rule on visits can see it
//	PageValues above 0      cart_filled    in the mapping WithPageValues alone: it is computed
//	                                       from past purchases and leaks the outcome
//	BounceRates, ExitRates  none           averages of pages over all visitors, of this session
//	                                       and its end too: nothing that this visitor did
//	SpecialDay, Month       none           the calendar; a score depends on a signal's age alone
//	Weekend                 none           the same
//	OperatingSystems,       none           numbers without a key, and never evidence of interest
//	Browser, Region,
//	TrafficType
//	Revenue                 none           the outcome
//
// The data has no order of pages. Each kind's pages are spread evenly over the
// session, as its share of them allows.
package shoppers

// PageKind is one of the three kinds of page that the data tells apart.
type PageKind uint8

// The kinds of page.
const (
	Administrative PageKind = iota
	Informational
	ProductRelated
	PageKinds
)

// Session is what a row of the data says of one session, as far as anything is
// made of it.
type Session struct {
	Pages     [PageKinds]int64 // pages seen by kind
	Millis    [PageKinds]int64 // ms spent on them, cut to whole ms
	Returning bool             // the visitor had been there before
	PageValue bool             // PageValues is above 0; leaks the outcome
	Bought    bool             // the outcome: the session ended in a purchase
}

// AllPages is the number of pages seen, of all kinds.
func (s *Session) AllPages() int64 {
	return s.Pages[Administrative] + s.Pages[Informational] + s.Pages[ProductRelated]
}

// AllMillis is the time spent on all pages in ms.
func (s *Session) AllMillis() int64 {
	return s.Millis[Administrative] + s.Millis[Informational] + s.Millis[ProductRelated]
}
