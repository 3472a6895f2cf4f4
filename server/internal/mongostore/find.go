package mongostore

import (
	"context"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// query is what is asked of a collection.
type query struct {
	filter bson.D
	sort   bson.D
	fields []string // none: all; _id is given as the others are, when it is named
	limit  int      // 0: none
	skip   int
}

// find decodes all documents that a query gives.
func find[T any](ctx context.Context, c *mongo.Collection, q query) ([]T, error) {
	o := options.Find().SetLimit(int64(q.limit)).SetSkip(int64(q.skip))
	if q.sort != nil {
		o.SetSort(q.sort)
	}
	if q.fields != nil {
		o.SetProjection(only(q.fields))
	}
	rows, err := c.Find(ctx, q.filter, o)
	if err != nil {
		return nil, err
	}
	var list []T
	return list, rows.All(ctx, &list)
}

// only is the projection to some fields. The database adds _id of its own accord,
// and reads the document for it, where an index has all the others.
func only(fields []string) (keep bson.D) {
	for _, name := range fields {
		keep = append(keep, is(name, 1))
	}
	if !slices.Contains(fields, "_id") {
		keep = append(keep, is("_id", 0))
	}
	return keep
}

// distinct gives the different values of a field, ascending. It groups, since
// the command of this name takes no time limit from the driver on every server.
func distinct(ctx context.Context, c *mongo.Collection, field string, filter bson.D) (values []string, err error) {
	rows, err := c.Aggregate(ctx, []bson.D{{is("$match", filter)}, {is("$group", bson.D{is("_id", "$"+field)})}})
	if err != nil {
		return nil, err
	}
	var list []struct {
		Value string `bson:"_id"`
	}
	err = rows.All(ctx, &list)
	for _, v := range list {
		values = append(values, v.Value)
	}
	slices.Sort(values)
	return values, err
}

// one is the filter for a record.
func one(site, id string) bson.D {
	return bson.D{{Key: "_id", Value: docID(site, id)}, {Key: "site", Value: site}}
}

// some is the filter for records.
func some(site string, ids []string) bson.D {
	return bson.D{{Key: "_id", Value: in(docIDs(site, ids))}, {Key: "site", Value: site}}
}

func of(site string, more ...bson.E) bson.D {
	return append(bson.D{{Key: "site", Value: site}}, more...)
}

func is(name string, value any) bson.E { return bson.E{Key: name, Value: value} }

func in(values any) bson.D        { return bson.D{{Key: "$in", Value: values}} }
func set(fields ...bson.E) bson.D { return bson.D{{Key: "$set", Value: bson.D(fields)}} }
func down(names ...string) (sort bson.D) {
	for _, name := range names {
		sort = append(sort, bson.E{Key: name, Value: -1})
	}
	return sort
}
func up(names ...string) (sort bson.D) {
	for _, name := range names {
		sort = append(sort, bson.E{Key: name, Value: 1})
	}
	return sort
}
