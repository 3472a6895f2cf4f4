package mongostore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"assay/server/internal/intake"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// ErrClosed: the store was closed before the call.
var ErrClosed = errors.New("mongostore: closed")

// errBroken: a document is not what this program writes.
var errBroken = errors.New("cannot be decoded")

// broken names a document that cannot be decoded.
func broken(what, id string) error { return fmt.Errorf("%s %s %w", what, id, errBroken) }

// away are the codes of a server that cannot serve now, and of a write that not
// enough servers confirmed in time.
var away = []int{
	6, 7, 64, 89, 91, 112, 133, 189, 262, 317, 358, 384, 9001, 10058, 10107, 11600, 11602, 13435, 13436,
}

// fail says what was being done when the driver failed. Nothing of the driver's
// own text is kept: it may name servers, and values of documents.
func fail(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("mongostore: %s: %w", doing, class(err))
}

// class tells apart what callers do: wait for the context, try again later, or
// tell the operator.
func class(err error) error {
	var server mongo.ServerError
	switch {
	case errors.Is(err, errBroken):
		return err
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, ErrClosed), errors.Is(err, mongo.ErrClientDisconnected):
		return ErrClosed
	case mongo.IsTimeout(err):
		return fmt.Errorf("no answer in time: %w", intake.ErrUnavailable)
	case mongo.IsNetworkError(err), !errors.As(err, &server), unanswered(err):
		return fmt.Errorf("no connection: %w", intake.ErrUnavailable)
	case slices.ContainsFunc(away, server.HasErrorCode), server.HasErrorLabel("RetryableWriteError"):
		return fmt.Errorf("the server refused for now (codes %v): %w", server.ErrorCodes(), intake.ErrUnavailable)
	}
	return fmt.Errorf("the server refused (codes %v)", server.ErrorCodes())
}

// unanswered reports whether the driver made an error look like a server's though none
// has answered: so it says that its connections were just dropped.
func unanswered(err error) bool {
	var command mongo.CommandError
	return errors.As(err, &command) && command.Code == 0 && len(command.Raw) == 0
}

// unreachable tells an operator at the start why there is no connection, in the
// driver's words but for the secrets of the connection string.
func unreachable(o *options.ClientOptions, err error) error {
	text := err.Error()
	if o.Auth != nil {
		for _, secret := range []string{o.Auth.Password, o.Auth.Username} {
			if secret != "" {
				text = strings.ReplaceAll(text, secret, "…")
			}
		}
	}
	return fmt.Errorf("mongostore: no MongoDB that can be used answers at ASSAY_MONGODB_URI: %s: %w", text, class(err))
}

// duplicate reports whether nothing but a document that is there already made a
// write fail. A concern that was not met is another matter.
func duplicate(err error) bool {
	var one mongo.WriteException
	if errors.As(err, &one) && one.WriteConcernError != nil {
		return false
	}
	var many mongo.BulkWriteException
	if errors.As(err, &many) {
		return many.WriteConcernError == nil && !slices.ContainsFunc(many.WriteErrors, func(e mongo.BulkWriteError) bool { return e.Code != 11000 })
	}
	return mongo.IsDuplicateKeyError(err)
}
