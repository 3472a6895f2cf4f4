package wsapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"assay/server/internal/apptest"
	"assay/server/internal/lead"
	"assay/server/internal/wsapi"
)

// described is what /asyncapi.json says of the stream.
type described struct {
	Channels struct {
		Stream struct {
			Codes map[string]string `json:"x-close-codes"`
		}
	}
	Operations map[string]struct {
		Messages []struct {
			Ref string `json:"$ref"`
		}
	}
	Components struct {
		Schemas struct {
			Filter struct {
				Properties struct {
					Kinds struct{ Items struct{ Enum []string } }
				}
			}
		}
		Messages map[string]struct {
			Payload struct {
				Properties struct {
					Data struct {
						schema
						OneOf []schema
					}
				}
			}
		}
	}
}

type schema struct {
	Ref        string `json:"$ref"`
	Properties map[string]json.RawMessage
}

// names gives all fields that a message's data may have.
func (d *described) names(kind string) map[string]bool {
	data := d.Components.Messages[kind].Payload.Properties.Data
	all := map[string]bool{}
	for _, s := range append(data.OneOf, data.schema) {
		for name := range s.Properties {
			all[name] = true
		}
	}
	return all
}

func TestTheStreamsDescriptionNamesWhatTheServerSends(t *testing.T) {
	s := apptest.Start(t)
	rep := s.SignedIn("rep@demo.test")
	var doc described
	rep.Get("/asyncapi.json").Want(http.StatusOK).Into(&doc)
	ws := rep.Stream("")
	var boot struct{ Session string }
	visitor := s.Client()
	visitor.Get("/v1/sites/demo/boot?visitor=v1").Want(http.StatusOK).Into(&boot)
	visitor.Send(apptest.Touch{"id": "b1", "type": "live", "site": "demo", "visitor": "v1", "form": "book-a-demo", "form_kind": "demo",
		"at": time.Now().UTC().Format(time.RFC3339), "page": "http://localhost/demo/book-a-demo/",
		"visits": []any{map[string]any{"session": boot.Session, "signals": []any{[]any{2, 0}, []any{3, 0}}}}})
	visitor.Send(apptest.Submit("t1"))
	ws.Say(fmt.Sprintf(`{"type":"claim","lead":%q,"request":"c"}`, rep.Leads("")[0].ID))

	sent := map[string]bool{"ping": true} // comes only after 25 s
	for len(sent) < 6 {
		m := ws.Next()
		sent[m.Type] = true
		if data := doc.Components.Messages[m.Type].Payload.Properties.Data; data.Ref != "" {
			continue // /openapi.json has it
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(m.Data, &fields); err != nil {
			t.Fatal(err)
		}
		named := doc.names(m.Type)
		for field := range fields {
			if !named[field] {
				t.Errorf("%s: %s is not described", m.Type, field)
			}
		}
	}
	if kinds := doc.Components.Schemas.Filter.Properties.Kinds.Items.Enum; !slices.Equal(kinds, lead.AlertKinds) {
		t.Errorf("filters are described for the kinds %v", kinds)
	}
	told := map[string]bool{}
	for _, m := range doc.Operations["tell"].Messages {
		told[m.Ref[len("#/channels/stream/messages/"):]] = true
	}
	if !maps.Equal(told, sent) {
		t.Errorf("described are %v, sent were %v", told, sent)
	}
	var codes []string
	for _, code := range []int{wsapi.SignIn, wsapi.NotAllowed, wsapi.TooSlow, wsapi.Going, wsapi.BadMessage} {
		codes = append(codes, strconv.Itoa(code))
	}
	if got := slices.Sorted(maps.Keys(doc.Channels.Stream.Codes)); !slices.Equal(got, codes) {
		t.Errorf("close codes %v", got)
	}
}
