package mongostore

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"assay/server/internal/alert"
	"assay/server/internal/auth"
	"assay/server/internal/desk"
	"assay/server/internal/intake"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
)

var (
	_ intake.Store        = (*Store)(nil)
	_ desk.Store          = (*Store)(nil)
	_ alert.Store         = (*Store)(nil)
	_ alert.PresenceStore = (*Store)(nil)
	_ auth.Store          = (*Store)(nil)
)

// Options tune a store. All but URI have defaults, which production uses.
type Options struct {
	// URI is a connection string, mongodb://… or mongodb+srv://…, with the name
	// of the database in its path (default assay).
	URI string
	// Units is how many units of work may be in hand at once (default 64, at
	// most three of four connections of the pool).
	Units int
	// Queue is how many more may wait (default 1024). One more is refused with
	// intake.ErrBusy.
	Queue int
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	client   *mongo.Client
	sessions bool // the deployment has causal ones

	sites, people, addresses, logins, tokens *mongo.Collection
	leads, touches, identities, feed         *mongo.Collection
	listed                                   *mongo.Collection // leads, for people
	present, left                            *mongo.Collection
	meta                                     *mongo.Collection

	look       int // index keys that a page looks at
	gate       *gate
	losers     *turns // units that lost a race, by lead
	collectors *turns // by site
	clock      atomic.Int64
	swept      atomic.Int64 // unix ns: when the presence was last swept
	end        sync.Once
}

// Open connects, and brings indexes up to date. A deployment that cannot be
// reached within seconds is intake.ErrUnavailable.
func Open(ctx context.Context, o Options) (*Store, error) {
	c, database, err := clientOptions(o.URI)
	if err != nil {
		return nil, err
	}
	client, err := mongo.Connect(c)
	if err != nil {
		return nil, unreachable(c, err)
	}
	s := &Store{client: client, look: desk.Window, losers: newTurns(), collectors: newTurns()}
	if o.Queue <= 0 {
		o.Queue = 1024
	}
	if o.Units <= 0 {
		o.Units = 64
	}
	s.gate = newGate(min(o.Units, max(1, int(*c.MaxPoolSize)*3/4)), o.Queue)
	s.collections(client.Database(database))
	if s.sessions, err = greet(ctx, client.Database(database)); err != nil {
		return nil, errors.Join(unreachable(c, err), s.Close())
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// collections names them, with what is not the database's own concern.
func (s *Store) collections(db *mongo.Database) {
	s.sites, s.people, s.addresses = db.Collection("sites"), db.Collection("people"), db.Collection("addresses")
	s.logins, s.tokens, s.meta = db.Collection("sessions"), db.Collection("tokens"), db.Collection("meta")
	s.leads, s.touches = db.Collection("leads"), db.Collection("touches")
	s.left = db.Collection("leaves")
	s.identities, s.feed = db.Collection("identities"), db.Collection("feed")
	s.listed = db.Collection("leads", options.Collection().SetReadConcern(readconcern.Local()))
	s.present = db.Collection("presence", options.Collection().SetReadConcern(readconcern.Local()).SetWriteConcern(writeconcern.W1()))
}

// closeWithin bounds how long Close waits for the connections.
const closeWithin = 5 * time.Second

// Close refuses further units of work, finishes those in hand, and disconnects.
func (s *Store) Close() (err error) {
	s.end.Do(func() {
		s.gate.close()
		ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
		defer cancel()
		err = fail("disconnect", s.client.Disconnect(ctx))
	})
	return err
}

// causal gives a context in which each read sees at least what those before it
// saw, whichever server is the primary by then; end must be called.
func (s *Store) causal(ctx context.Context) (_ context.Context, end func(), err error) {
	if !s.sessions {
		return ctx, func() {}, nil
	}
	session, err := s.client.StartSession()
	if err != nil {
		return nil, nil, fail("begin", err)
	}
	return mongo.NewSessionContext(ctx, session), func() { session.EndSession(context.WithoutCancel(ctx)) }, nil
}
