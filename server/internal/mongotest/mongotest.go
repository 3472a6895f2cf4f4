// Package mongotest gives tests a MongoDB: the one that ASSAY_TEST_MONGODB_URI
// names, or else a stand-in that runs in the test's own process. That is
// FerretDB over SQLite, behind a proxy which lets one write happen at a time:
// alone, it loses updates that race. It answers as MongoDB does to what the
// store asks, and stands for nothing else: neither for its speed nor for what
// happens when a primary dies.
package mongotest

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/FerretDB/FerretDB/ferretdb"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// RealEnv names the variable with the connection string of a real MongoDB. The
// tests make databases of their own there, and drop them.
const RealEnv = "ASSAY_TEST_MONGODB_URI"

// Server is a stand-in that listens until its test ends. Several databases, and
// several servers of ours, can use it.
type Server struct {
	*Proxy
}

// Start runs a stand-in.
func Start(t testing.TB) *Server {
	t.Helper()
	p, stop, err := Run(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("stand-in for MongoDB: %v", err)
		}
	})
	return &Server{p}
}

// Run runs a stand-in, for programs that are no tests, with its files in a
// folder. Stop ends it and must be called.
func Run(dir string) (p *Proxy, stop func() error, err error) {
	f, err := ferretdb.New(&ferretdb.Config{Listener: ferretdb.ListenerConfig{TCP: "127.0.0.1:0"}, Handler: "sqlite",
		SQLiteURL: "file:" + dir + "/?_pragma=synchronous(off)", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx) }()
	end := func() error {
		cancel()
		return <-done
	}
	at, err := url.Parse(f.MongoDBURI())
	if err == nil {
		p, err = listen(at.Host)
	}
	if err != nil {
		return nil, nil, errors.Join(err, end())
	}
	return p, func() error {
		p.Close()
		return end()
	}, nil
}

// URI is the connection string of a database of the stand-in. More connections
// than it asks for can hang FerretDB.
func (s *Server) URI(database string) string {
	return "mongodb://" + s.Addr() + "/" + database + "?maxPoolSize=20&directConnection=true"
}

// NeedsReal skips a test where there is no MongoDB but the stand-in.
func NeedsReal(t testing.TB) {
	t.Helper()
	if os.Getenv(RealEnv) == "" {
		t.Skip("there is no real MongoDB to test with: set " + RealEnv + " to the connection string of one")
	}
}

// Real gives a test a new database of the MongoDB that RealEnv names.
func Real(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(os.Getenv(RealEnv))
	if err != nil {
		t.Fatal(RealEnv + " is no connection string of a single host")
	}
	if q := u.Query(); u.User != nil && q.Get("authSource") == "" { // which follows from the path
		q.Set("authSource", cmp.Or(strings.Trim(u.Path, "/"), "admin"))
		u.RawQuery = q.Encode()
	}
	database := name()
	u.Path = "/" + database
	t.Cleanup(func() { drop(t, u.String(), database) })
	return u.String()
}

func drop(t testing.TB, uri, database string) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Errorf("the database %s stays behind", database)
		return
	}
	defer client.Disconnect(ctx)
	if err := client.Database(database).Drop(ctx); err != nil {
		t.Errorf("the database %s stays behind", database)
	}
}

// name is that of a new database.
func name() string { return "assay_test_" + rand.Text() }
