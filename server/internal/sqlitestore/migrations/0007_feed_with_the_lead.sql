-- Events reach the feed with the write of their lead: what still waited in an
-- outbox goes there now. The lists' indexes carry all that is filtered by, so
-- that looking at 5,000 rows of one reads no lead. What a contact said stands
-- apart from the rest of its text: an alert shows it and nothing else.
INSERT INTO feed (site, cursor, id, doc)
  SELECT site, coalesce((SELECT max(cursor) FROM feed f WHERE f.site = w.site), 0)
    + row_number() OVER (PARTITION BY site ORDER BY filled, n, place), id, doc
  FROM (SELECT l.site, l.filled, l.n, e.key AS place, e.value ->> '$.id' AS id, e.value AS doc
    FROM leads l, json_each(l.outbox) e WHERE l.filled > 0) w
  WHERE NOT EXISTS (SELECT 1 FROM feed f WHERE f.site = w.site AND f.id = w.id);

CREATE TABLE leads_new (
  n         INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice
  site      TEXT NOT NULL,
  id        TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  stage     TEXT NOT NULL,
  grade     TEXT NOT NULL,
  band      TEXT NOT NULL,
  owner     TEXT NOT NULL,
  form      TEXT NOT NULL,
  verdict   TEXT NOT NULL,
  nurturing INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  priority  INTEGER NOT NULL,
  sample    INTEGER NOT NULL,
  changes   INTEGER NOT NULL,
  model     TEXT NOT NULL,
  domain    TEXT NOT NULL,
  email     TEXT NOT NULL,
  name      TEXT NOT NULL,
  company   TEXT NOT NULL,
  profile   TEXT NOT NULL,
  doc       TEXT NOT NULL,
  UNIQUE (site, id)
) STRICT;
INSERT INTO leads_new SELECT n, site, id, rev, stage, grade, band, owner, form, verdict, nurturing, last_seen, priority, sample,
  changes, model, coalesce(json_extract(doc, '$.domain'), ''), email, name, company,
  coalesce(json_extract(doc, '$.profile'), '{}'), json_remove(doc, '$.profile') FROM leads;
DROP TABLE leads;
ALTER TABLE leads_new RENAME TO leads;
CREATE INDEX leads_recent ON leads (site, last_seen, id, stage, grade, band, owner, form, verdict, nurturing);
CREATE INDEX leads_priority ON leads (site, priority, last_seen, id, stage, grade, band, owner, form, verdict, nurturing);
CREATE INDEX leads_email ON leads (site, email) WHERE email <> '';
CREATE INDEX leads_name ON leads (site, name) WHERE name <> '';
CREATE INDEX leads_company ON leads (site, company) WHERE company <> '';
CREATE INDEX leads_domain ON leads (site, domain, last_seen) WHERE domain <> '';
CREATE INDEX leads_owners ON leads (site, domain, owner) WHERE domain <> '' AND owner <> '';
CREATE INDEX leads_sample ON leads (site) WHERE sample = 1;
CREATE INDEX leads_changes ON leads (site, changes, id) WHERE changes > 0;
CREATE INDEX leads_model ON leads (site, model) WHERE model <> '';

-- One index serves both: the touches of a lead that count, and the suspect ones.
DROP INDEX touches_lead;
DROP INDEX touches_counting;
CREATE INDEX touches_lead ON touches (site, lead, suspect, received, id);
-- Identities are erased by their hash.
DROP INDEX identities_lead;

CREATE TABLE tokens (
  hash TEXT PRIMARY KEY,
  site TEXT NOT NULL,
  id   TEXT NOT NULL,
  doc  TEXT NOT NULL,
  UNIQUE (site, id)
) STRICT, WITHOUT ROWID;
