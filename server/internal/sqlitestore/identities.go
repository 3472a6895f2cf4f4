package sqlitestore

// Identities is lead.Tx's.
func (t *tx) Identities(hashes ...string) (map[string]string, error) {
	tied := make(map[string]string, len(hashes))
	if err := t.names().read(hashes, tied); err != nil {
		return nil, t.fault("read identities", err)
	}
	return tied, nil
}

// ClaimIdentities is lead.Tx's.
func (t *tx) ClaimIdentities(leadID string, hashes ...string) (map[string]string, error) {
	owners, err := t.Identities(hashes...)
	if err != nil {
		return nil, err
	}
	var free []named
	for _, hash := range hashes {
		if owners[hash] == "" {
			owners[hash] = leadID
			free = append(free, named{hash, leadID})
		}
	}
	return owners, t.name(free)
}
