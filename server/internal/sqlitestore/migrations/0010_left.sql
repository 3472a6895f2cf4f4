-- Forms that visitors began and left. They come a few a minute at most and are deleted
-- after 90 days, or with whoever the identity stands for, as names have it.
CREATE TABLE leaves (
  site     TEXT NOT NULL,
  id       TEXT NOT NULL,
  received INTEGER NOT NULL, -- unix ms
  identity TEXT NOT NULL,
  doc      TEXT NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaves_received ON leaves (site, received, id);
CREATE INDEX leaves_identity ON leaves (site, identity);
