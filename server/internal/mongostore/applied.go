package mongostore

import "context"

// Applied is intake.Store's.
func (s *Store) Applied(ctx context.Context, site, touch string) (lead string, known bool, err error) {
	docs, err := find[touchDoc](ctx, s.touches, query{filter: one(site, touch), fields: []string{"lead"}, limit: 1})
	switch {
	case err != nil:
		return "", false, fail("look for touch", err)
	case len(docs) == 0 || docs[0].Lead == "":
		return "", false, nil
	case docs[0].Lead == erased:
		return "", true, nil
	}
	return docs[0].Lead, true, nil
}
