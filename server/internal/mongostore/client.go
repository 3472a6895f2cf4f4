package mongostore

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
)

const (
	wait        = 5 * time.Second // for a server, for a connection, and for each answer
	connections = 100
)

// errURI does not show what it is about: there may be a password in it.
var errURI = errors.New("mongostore: ASSAY_MONGODB_URI is no connection string: want mongodb://HOST:PORT/DATABASE or " +
	"mongodb+srv://HOST/DATABASE, with special characters of name and password percent-encoded")

// clientOptions gives the driver's options for a connection string, and the
// name of the database.
func clientOptions(uri string) (*options.ClientOptions, string, error) {
	o := options.Client().SetAppName("assay").SetMaxPoolSize(connections).SetServerSelectionTimeout(wait).SetConnectTimeout(wait).ApplyURI(uri)
	if o.Validate() != nil {
		return nil, "", errURI
	}
	journal := true
	o.SetTimeout(wait).SetReadPreference(readpref.Primary()).SetReadConcern(readconcern.Majority()).
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journal}).
		SetRetryWrites(true).SetRetryReads(true)
	if *o.MaxPoolSize == 0 { // the driver's word for no bound
		o.SetMaxPoolSize(connections)
	}
	return o, databaseOf(uri), nil
}

// databaseOf gives the name of the database in a sound connection string.
func databaseOf(uri string) string {
	_, rest, _ := strings.Cut(uri, "://")
	rest, _, _ = strings.Cut(rest, "?")
	_, path, _ := strings.Cut(rest, "/")
	if name, err := url.PathUnescape(path); err == nil && name != "" {
		return name
	}
	return "assay"
}

// greet asks what kind of deployment this is: whether it has causal sessions,
// as replica sets and sharded clusters do.
func greet(ctx context.Context, db *mongo.Database) (sessions bool, err error) {
	var hello struct {
		Set     string `bson:"setName"`
		Msg     string `bson:"msg"`
		Minutes any    `bson:"logicalSessionTimeoutMinutes"`
	}
	err = db.RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
	return hello.Minutes != nil && (hello.Set != "" || hello.Msg == "isdbgrid"), err
}
