package mongostore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"assay/server/internal/auth"
	"assay/server/internal/intake"
	"assay/server/internal/lead"
	"assay/server/internal/mongotest"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/xoptions"
)

const (
	user     = "assayer"
	password = "p4ssw0rd-of-a-test"
)

func silent(t *testing.T, what string, err error) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", what)
		return
	}
	for _, secret := range []string{user, password, "ada@works.test"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error shows %s: %v", what, secret, err)
		}
	}
}

func TestNoErrorShowsTheConnectionString(t *testing.T) {
	for _, uri := range []string{
		"mongodb://" + user + ":" + password + "@127.0.0.1:1/assay?serverSelectionTimeoutMS=50",
		"mongodb://" + user + ":" + password + "@127.0.0.1:notaport/assay",
		"mongodb://" + user + ":" + password + "/@127.0.0.1/assay",
		"mongodb://" + user + ":" + password + "@127.0.0.1/assay?nonsense=%zz&maxPoolSize=x",
		"postgres://" + user + ":" + password + "@127.0.0.1/assay",
		user + ":" + password,
		"",
	} {
		s, err := Open(bg, Options{URI: uri})
		if s != nil {
			t.Fatalf("%s was opened", uri)
		}
		silent(t, uri, err)
	}
}

// A server that is not there is a matter of waiting, and so is one that goes.
func TestAnAbsentServerIsUnavailable(t *testing.T) {
	_, err := Open(bg, Options{URI: "mongodb://127.0.0.1:1/assay?serverSelectionTimeoutMS=50"})
	if !errors.Is(err, intake.ErrUnavailable) {
		t.Errorf("open: %v", err)
	}
	stand := mongotest.Start(t)
	s := open(t, stand.URI("gone")+"&serverSelectionTimeoutMS=50")
	stand.Close()
	update := s.Update(bg, "demo", func(tx lead.Tx) error {
		_, err := tx.Lead("l1")
		return err
	})
	_, site := s.Site(bg, "demo")
	for what, err := range map[string]error{"update": update, "site": site, "reads": s.Reads(bg), "writes": s.Writes(bg)} {
		if !errors.Is(err, intake.ErrUnavailable) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// One in some thousand calls failed as if we were at fault: the driver had chosen a
// server, and dropped its connections before it took one of them.
func TestDroppedConnectionsAreUnavailable(t *testing.T) {
	server := topology.NewServer("127.0.0.1:1", bson.NewObjectID(), time.Second)
	if err := server.Connect(nil); err != nil {
		t.Fatal(err)
	}
	defer server.Disconnect(bg)
	o := options.Client()
	if err := xoptions.SetInternalClientOptions(o, "deployment", driver.SingleServerDeployment{Server: server}); err != nil {
		t.Fatal(err)
	}
	client, err := mongo.Connect(o)
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{}
	s.collections(client.Database("dropped"))
	ctx, cancel := context.WithTimeout(bg, time.Minute)
	defer cancel()
	for err == nil || !strings.Contains(err.Error(), "connection pool for 127.0.0.1:1 was cleared") { // the first who calls has them dropped
		if ctx.Err() != nil {
			t.Fatalf("the driver says: %v", err)
		}
		_, err = s.leads.UpdateOne(ctx, one("demo", "l1"), set(is("rev", 2)))
	}
	_, site := s.Site(bg, "demo")
	for what, err := range map[string]error{"write": fail("write", err), "read": site} {
		if !errors.Is(err, intake.ErrUnavailable) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A refusal without a code is still one.
func TestWhatAServerRefusesIsNotUnavailable(t *testing.T) {
	s := open(t, mongotest.Start(t).URI("refusals"))
	err := s.leads.Database().RunCommand(bg, bson.D{is("no such command", 1)}).Err()
	var server mongo.CommandError
	if !errors.As(err, &server) || len(server.Raw) == 0 {
		t.Fatalf("the driver says: %v", err)
	}
	server.Code = 0 // as some say it
	for _, err := range []error{err, server} {
		if err := fail("command", err); errors.Is(err, intake.ErrUnavailable) {
			t.Errorf("got %v", err)
		}
	}
}

func TestNoErrorShowsWhatADocumentHolds(t *testing.T) {
	s := open(t, mongotest.Start(t).URI("faults"))
	ada := &auth.Person{ID: "p1", Email: "ada@works.test"}
	if err := s.SavePerson(bg, "demo", ada); err != nil {
		t.Fatal(err)
	}
	silent(t, "an address twice", s.SavePerson(bg, "demo", &auth.Person{ID: "p2", Email: "ada@works.test"}))
	if _, err := s.leads.InsertOne(bg, leadDoc{ID: docID("demo", "l1"), Site: "demo", Lead: "l1", Doc: []byte(`{"id":"ada@works.test`)}); err != nil {
		t.Fatal(err)
	}
	_, err := s.Lead(bg, "demo", "l1")
	silent(t, "a broken lead", err)
	if errors.Is(err, intake.ErrUnavailable) || errors.Is(err, lead.ErrNotFound) {
		t.Errorf("a broken lead: %v", err)
	}
}

// What a crash left of an address that nobody has is no obstacle.
func TestAnAddressThatNobodyHasCanBeTaken(t *testing.T) {
	s := open(t, mongotest.Start(t).URI("people"))
	if _, err := s.addresses.InsertOne(bg, addressDoc{"ada@works.test", docID("demo", "p1")}); err != nil {
		t.Fatal(err)
	}
	if err := s.SavePerson(bg, "demo", &auth.Person{ID: "p2", Email: "ada@works.test"}); err != nil {
		t.Fatal(err)
	}
	if p, err := s.PersonByEmail(bg, "ada@works.test"); err != nil || p.ID != "p2" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestUnitsBeyondTheQueueAreRefused(t *testing.T) {
	s, err := Open(bg, Options{URI: mongotest.Start(t).URI("queue"), Units: 1, Queue: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	inside, leave := make(chan bool), make(chan bool)
	results := make(chan error, 2)
	go func() {
		results <- s.Update(bg, "demo", func(lead.Tx) error {
			inside <- true
			<-leave
			return nil
		})
	}()
	<-inside
	waiting, cancel := context.WithCancel(bg)
	go func() { results <- s.Update(waiting, "demo", func(lead.Tx) error { return errors.New("it ran") }) }()
	for depth := 0; depth == 0; depth, _ = s.Queue() {
	}
	if err := s.Update(bg, "demo", func(lead.Tx) error { return nil }); !errors.Is(err, intake.ErrBusy) {
		t.Errorf("one more: %v", err)
	}
	cancel()
	if err := <-results; !errors.Is(err, context.Canceled) {
		t.Errorf("the one that was cancelled as it waited: %v", err)
	}
	leave <- true
	if err := <-results; err != nil {
		t.Errorf("the one in hand: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Update(bg, "demo", func(lead.Tx) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}

// Servers that start together make one database, and one of another key file, or
// an older one, is turned away.
func TestServersThatStartTogetherAgree(t *testing.T) {
	stand := mongotest.Start(t)
	results := make(chan error, 4)
	for i := range cap(results) {
		go func() {
			s, err := Open(bg, Options{URI: stand.URI("start")})
			if err == nil {
				err = errors.Join(s.Agree(bg, fmt.Sprint("keys ", i/3)), s.Close())
			}
			results <- err
		}()
	}
	agreed := 0
	for range cap(results) {
		switch err := <-results; {
		case err == nil:
			agreed++
		case !errors.Is(err, ErrKeys):
			t.Error(err)
		}
	}
	if agreed != 1 && agreed != 3 {
		t.Errorf("%d servers agree", agreed)
	}
	s := open(t, stand.URI("start"))
	if _, err := s.meta.InsertOne(bg, struct {
		ID string `bson:"_id"`
	}{migrationID(len(migrations) + 1)}); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(bg, Options{URI: stand.URI("start")}); err == nil || !strings.Contains(err.Error(), "use the newer program") {
		t.Errorf("with the database of a newer program: %v", err)
	}
}

// A touch that is about to be marked as part of an erased lead is erased too.
func TestErasureFindsWhatIsNotMarkedYet(t *testing.T) {
	s := open(t, mongotest.Start(t).URI("erasure"))
	at := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	err := s.Update(bg, "demo", func(tx lead.Tx) error {
		if _, err := tx.InsertTouch(&lead.Touch{ID: "t1", Received: at, Profile: map[string]string{"email": "ada@works.test"}}); err != nil {
			return err
		}
		if err := tx.SaveLead(&lead.Lead{ID: "l1", Touches: []lead.TouchRef{{ID: "t1", Received: at}}}); err != nil {
			return err
		}
		if err := s.Erase(bg, "demo", []intake.Revision{{ID: "l1", Rev: 1}}, nil, nil); err != nil {
			return err
		}
		return tx.SetApplied("t1", "l1")
	})
	if err != nil {
		t.Fatal(err)
	}
	left, err := find[touchDoc](bg, s.touches, query{filter: one("demo", "t1")})
	if err != nil || len(left) != 1 || left[0].Lead != erased || len(left[0].Doc) != 0 {
		t.Errorf("left %+v, %v", left, err)
	}
}
