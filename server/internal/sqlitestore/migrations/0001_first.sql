-- Texts of leads and touches stand last in their rows, so that looking at the
-- columns before them reads one page and no more.
CREATE TABLE IF NOT EXISTS sites (
  key TEXT PRIMARY KEY,
  doc TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS people (
  site  TEXT NOT NULL,
  id    TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  doc   TEXT NOT NULL,
  PRIMARY KEY (site, id)
) STRICT;

CREATE TABLE IF NOT EXISTS sessions (
  hash    TEXT PRIMARY KEY,
  site    TEXT NOT NULL,
  person  TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A touch without a lead is not applied yet.
CREATE TABLE IF NOT EXISTS touches (
  n        INTEGER PRIMARY KEY,
  site     TEXT NOT NULL,
  id       TEXT NOT NULL,
  lead     TEXT NOT NULL,
  received INTEGER NOT NULL,
  sample   INTEGER NOT NULL,
  doc      TEXT NOT NULL,
  UNIQUE (site, id)
) STRICT;
CREATE INDEX IF NOT EXISTS touches_lead ON touches (site, lead, received, id);
CREATE INDEX IF NOT EXISTS touches_sample ON touches (site) WHERE sample = 1;

CREATE TABLE IF NOT EXISTS identities (
  site TEXT NOT NULL,
  hash TEXT NOT NULL,
  lead TEXT NOT NULL,
  PRIMARY KEY (site, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS identities_lead ON identities (site, lead);

-- The outbox is kept apart from the rest of the lead, so that moving an event
-- to the feed need not read and write all of it. filled numbers the writes that
-- filled an empty outbox, per site; 0 is an empty one.
CREATE TABLE IF NOT EXISTS leads (
  n         INTEGER PRIMARY KEY,
  site      TEXT NOT NULL,
  id        TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  stage     TEXT NOT NULL,
  grade     TEXT NOT NULL,
  letter    TEXT NOT NULL,
  band      TEXT NOT NULL,
  owner     TEXT NOT NULL,
  form      TEXT NOT NULL,
  verdict   TEXT NOT NULL,
  nurturing INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  priority  INTEGER NOT NULL,
  sample    INTEGER NOT NULL,
  email     TEXT NOT NULL,
  name      TEXT NOT NULL,
  company   TEXT NOT NULL,
  filled    INTEGER NOT NULL,
  outbox    TEXT NOT NULL,
  doc       TEXT NOT NULL,
  UNIQUE (site, id)
) STRICT;
CREATE INDEX IF NOT EXISTS leads_recent ON leads (site, last_seen, id);
CREATE INDEX IF NOT EXISTS leads_priority ON leads (site, priority, last_seen, id);
CREATE INDEX IF NOT EXISTS leads_email ON leads (site, email) WHERE email <> '';
CREATE INDEX IF NOT EXISTS leads_name ON leads (site, name) WHERE name <> '';
CREATE INDEX IF NOT EXISTS leads_company ON leads (site, company) WHERE company <> '';
CREATE INDEX IF NOT EXISTS leads_outbox ON leads (site, filled) WHERE filled > 0;
CREATE INDEX IF NOT EXISTS leads_sample ON leads (site) WHERE sample = 1;

CREATE TABLE IF NOT EXISTS feed (
  site   TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  id     TEXT NOT NULL,
  doc    TEXT NOT NULL,
  PRIMARY KEY (site, cursor),
  UNIQUE (site, id)
) STRICT, WITHOUT ROWID;
