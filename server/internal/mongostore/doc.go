// Package mongostore keeps everything in MongoDB: a replica set or a sharded
// cluster, shared by any number of servers. It serves the store interfaces of
// intake, desk, alert and auth, as package sqlitestore does for one machine.
//
// # Documents
//
// A record is one document: its struct as JSON in a binary field (doc), and
// beside it the few values that a query asks for. JSON, because the embedded
// store keeps the same bytes: a struct needs no second set of tags, and what one
// store gives back, the other does too. Binary, because what visitors write need
// not be what BSON takes for a text, and because nobody queries inside it. The
// profile stands apart from the rest of a lead, since an alert shows no more.
//
// Whatever must be unique is so by its _id, "site/id" with the site escaped:
// every store enforces that, and nothing else is asked for. People have a
// document of their own for their mail address, which is unique in the whole
// store (collection addresses).
//
//	sites      key
//	people     site/id            addresses  mail address
//	sessions   hash of secret     tokens     hash of secret
//	leads      site/id            touches    site/id
//	identities site/hash          feed       site/cursor, in 19 digits
//	presence   site/session       leaves     site/id
//	meta       migrations by number
//
// # Units of work
//
// There are no transactions, which a sharded cluster would make dear. Each write
// of a unit is durable when it returns, and they come in the order of the calls;
// who writes several orders them so that a crash between two is mended by doing
// it again. A lead is replaced on the condition that its revision is the one
// that was read; who loses that race runs again, a few times and with growing
// pauses. Units of one process that lost a race for the same lead take turns. A
// touch whose unit refuses it is taken out again.
// The number of units in hand is bounded, and of those that wait; one more is
// refused with intake.ErrBusy.
//
// # Concerns
//
// Writes wait for the journals of a majority (w: majority, j: true): what was
// acknowledged survives the loss of any minority. Presence alone does not wait,
// since nothing hangs on it. Reads go to the primary. Those that decide see what
// a majority has (read concern majority), and are causally ordered within a unit
// and within Collect, so that a new primary is never behind the old one; lists
// for people read with concern local. The connection string cannot weaken this.
//
// # Connections
//
// Finding a server, connecting, and each operation may take 5 s; the driver tries
// reads and writes again within that time, where the deployment can (a replica
// set, a sharded cluster). The pool has at most 100 connections. A connection
// string may say otherwise of the pool and of the first two. A single mongod does
// to try things out: nothing is tried again there, and one disk has everything. Without a server,
// or without its answer in time, calls fail with intake.ErrUnavailable. No error
// shows the connection string, and none what a document holds.
//
// # Sharding
//
// Every query names its site. Shard leads, touches, leaves and identities by
// {site: "hashed", _id: 1}: a site's documents lie together, a large site can be
// split, and _id stays unique, since it decides the site. Shard feed and
// presence by {site: "hashed"}: a feed is written in order, and read in order, on
// one shard. The rest is small and need not be sharded.
//
// # Sharing
//
// Servers of one database need the same key file, which Agree makes sure of. They
// need clocks that agree to a second or so: expiry, presence and the mending of
// what a crash left go by them. Uniqueness, order and races never do.
//
// # Erasing
//
// Erased documents are gone from the collections at once. Their bytes live on in
// the oplog, in the journal and in free blocks of the data files until MongoDB
// overwrites these: keep the oplog short, and use encryption at rest.
package mongostore
