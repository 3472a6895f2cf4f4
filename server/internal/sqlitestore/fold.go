package sqlitestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// SQLite folds its log into the file when a commit finds it long, and whoever waits
// for that commit waits for thousands of pages somewhere in a large file to reach the
// disk. So it is folded beside the writer, often, and the writer does no more than
// the rest of it, which lets it begin the log anew.
const (
	foldPart   = 2   // of the longest log: one that is to begin anew
	foldPasses = 4   // while the writer adds to the log
	foldRest   = 200 // pages that the writer folds in some ms
)

// folder folds the log beside the writer.
type folder struct {
	db    *sql.DB
	every time.Duration
	limit int           // pages: of a log that is to begin anew
	now   chan struct{} // asks the writer to fold the rest
}

func openFolder(path string, o *Options, log int) (*folder, error) {
	db, err := sql.Open("sqlite", folderDSN(path, o.Synchronous))
	if err != nil {
		return nil, fmt.Errorf("sqlitestore: open for folding: %w", err)
	}
	db.SetMaxOpenConns(1)
	return &folder{db: db, every: o.pace.fold, limit: log / foldPart, now: make(chan struct{}, 1)}, nil
}

// keepFolded folds until the context ends.
func (s *Store) keepFolded(ctx context.Context) {
	again := time.NewTicker(s.folder.every)
	defer again.Stop()
	for seen := uint64(0); ; {
		select {
		case <-again.C:
		case <-ctx.Done():
			return
		}
		if now := s.commits.Load(); now != seen {
			seen = now
			s.folder.fold(ctx)
		}
	}
}

// fold folds what is in the log, and what is added meanwhile. Where it cannot, the
// writer's next commit that finds the log too long does.
func (f *folder) fold(ctx context.Context) {
	for range foldPasses {
		pages, rest, err := foldLog(f.db.QueryRowContext(ctx, foldText))
		if err != nil {
			return
		}
		if rest > foldRest {
			continue
		}
		if pages > f.limit {
			select {
			case f.now <- struct{}{}:
			default: // it was asked already
			}
		}
		return
	}
}

const foldText = "PRAGMA wal_checkpoint(PASSIVE)"

// foldLog gives how many pages the log has, and how many are not folded.
func foldLog(r scanner) (pages, rest int, err error) {
	var busy, folded int
	if err := r.Scan(&busy, &pages, &folded); err != nil {
		return 0, 0, err
	}
	if busy != 0 {
		return 0, 0, errors.New("sqlitestore: somebody else folds the log")
	}
	return pages, pages - folded, nil
}

// fold folds the rest of the log. Its next transaction begins the log anew, unless
// somebody is reading from it: then it is asked again.
func (w *writer) fold() { _, _, _ = foldLog(w.c.row(foldText)) }
