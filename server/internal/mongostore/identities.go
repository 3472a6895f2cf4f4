package mongostore

import (
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// identityDoc ties a hash to a lead.
type identityDoc struct {
	ID   string `bson:"_id"`
	Site string `bson:"site"`
	Hash string `bson:"hash"`
	Lead string `bson:"lead"`
}

// Identities is lead.Tx's.
func (t *tx) Identities(hashes ...string) (map[string]string, error) {
	tied := make(map[string]string, len(hashes))
	if len(hashes) == 0 {
		return tied, nil
	}
	found, err := find[identityDoc](t.ctx, t.s.identities, query{filter: some(t.site, hashes)})
	if err != nil {
		return nil, t.fault("read identities", err)
	}
	for _, d := range found {
		tied[d.Hash] = d.Lead
	}
	return tied, nil
}

// ClaimIdentities is lead.Tx's: who inserts a hash first has it.
func (t *tx) ClaimIdentities(leadID string, hashes ...string) (map[string]string, error) {
	owners := make(map[string]string, len(hashes))
	var docs []*identityDoc
	for _, hash := range hashes {
		if owners[hash] == "" {
			owners[hash] = leadID
			docs = append(docs, &identityDoc{ID: docID(t.site, hash), Site: t.site, Hash: hash, Lead: leadID})
		}
	}
	if len(docs) == 0 {
		return owners, nil
	}
	switch _, err := t.s.identities.InsertMany(t.ctx, docs, options.InsertMany().SetOrdered(false)); {
	case err == nil:
		return owners, nil
	case duplicate(err):
		return t.Identities(hashes...)
	default:
		return nil, t.fault("claim identities", err)
	}
}
