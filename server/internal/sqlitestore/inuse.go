package sqlitestore

import "errors"

// InUse reports whether a server has the folder. It takes the lock for an
// instant, in which none can begin.
func InUse(dir string) (bool, error) {
	l, err := lockFolder(dir)
	if errors.Is(err, ErrInUse) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, l.release()
}
