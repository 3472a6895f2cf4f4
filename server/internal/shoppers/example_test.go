package shoppers_test

import (
	"fmt"
	"strings"

	"assay/server/internal/shoppers"
	"assay/shared/evidence"
)

// One row of the data, and the log that it becomes.
func ExampleSession_Evidence() {
	sessions, err := shoppers.Read(strings.NewReader(`Administrative,Administrative_Duration,Informational,Informational_Duration,ProductRelated,ProductRelated_Duration,BounceRates,ExitRates,PageValues,SpecialDay,Month,OperatingSystems,Browser,Region,TrafficType,VisitorType,Weekend,Revenue
1,12.5,1,20,3,190.2,0,0.02,0,0,May,2,2,1,2,Returning_Visitor,FALSE,0
`))
	if err != nil {
		panic(err)
	}
	log, err := sessions[0].Evidence(shoppers.Behaviour)
	if err != nil {
		panic(err)
	}
	var r evidence.Reader
	r.Read(log.Bytes())
	for s, ok := r.Next(); ok; s, ok = r.Next() {
		fmt.Printf("at %6d ms %s\n", s.Millis, s.Kind)
	}
	fmt.Println(len(log.Bytes()), "bytes")
	// Output:
	// at      0 ms returned_week
	// at      0 ms plan_viewed
	// at  60000 ms active_60s
	// at  63400 ms page_viewed
	// at  75900 ms docs_viewed
	// at  95900 ms plan_viewed
	// at 159300 ms plan_viewed
	// at 180000 ms active_180s
	// 27 bytes
}
