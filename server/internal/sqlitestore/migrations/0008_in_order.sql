-- What is looked up by keys that are spread evenly (ids that browsers make, hashes,
-- mail addresses) cost each new lead eight pages, somewhere in a file that grows.
-- Now it waits in two tables in the order in which it came, and the writer puts
-- thousands in order at once: a page then takes several. Who looks something up
-- asks both.

-- Identities with the id of their lead, and "touch." with the id of a touch and its
-- number. The numbers k are never used twice: what another process wrote comes after
-- all that is known.
CREATE TABLE names (
  site  TEXT NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE names_new (
  k     INTEGER PRIMARY KEY AUTOINCREMENT,
  site  TEXT NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
INSERT INTO names SELECT site, hash, lead FROM identities;
DROP TABLE identities;

CREATE TABLE touches_named (
  n        INTEGER PRIMARY KEY,
  site     TEXT NOT NULL,
  id       TEXT NOT NULL,
  lead     TEXT NOT NULL,
  received INTEGER NOT NULL,
  sample   INTEGER NOT NULL,
  suspect  INTEGER NOT NULL,
  doc      TEXT NOT NULL
) STRICT;
INSERT INTO touches_named SELECT n, site, id, lead, received, sample, suspect, doc FROM touches;
INSERT INTO names SELECT site, 'touch.' || id, n FROM touches ORDER BY site, id;
DROP TABLE touches;
ALTER TABLE touches_named RENAME TO touches;
CREATE INDEX touches_lead ON touches (site, lead, suspect, received, id);
CREATE INDEX touches_sample ON touches (site) WHERE sample = 1;

-- What leads are found by: mail address (1), name (2) and company (3), folded, and the
-- company's mail domain (4).
CREATE TABLE terms (
  site TEXT NOT NULL,
  kind INTEGER NOT NULL,
  term TEXT NOT NULL,
  lead INTEGER NOT NULL, -- leads.n
  PRIMARY KEY (site, kind, term, lead)
) STRICT, WITHOUT ROWID;
CREATE TABLE terms_new (
  lead    INTEGER PRIMARY KEY,
  site    TEXT NOT NULL,
  email   TEXT NOT NULL,
  name    TEXT NOT NULL,
  company TEXT NOT NULL,
  domain  TEXT NOT NULL
) STRICT;
INSERT INTO terms SELECT site, 1, email, n FROM leads WHERE email <> '' ORDER BY site, email, n;
INSERT INTO terms SELECT site, 2, name, n FROM leads WHERE name <> '' ORDER BY site, name, n;
INSERT INTO terms SELECT site, 3, company, n FROM leads WHERE company <> '' ORDER BY site, company, n;
INSERT INTO terms SELECT site, 4, domain, n FROM leads WHERE domain <> '' ORDER BY site, domain, n;
DROP INDEX leads_email;
DROP INDEX leads_name;
DROP INDEX leads_company;
DROP INDEX leads_domain;

CREATE TRIGGER leads_inserted AFTER INSERT ON leads BEGIN
  INSERT OR IGNORE INTO terms_new VALUES (new.n, new.site, new.email, new.name, new.company, new.domain);
END;
-- A row of terms_new never changes: half of it may be in order already.
CREATE TRIGGER leads_changed AFTER UPDATE OF email, name, company, domain ON leads
WHEN old.email <> new.email OR old.name <> new.name OR old.company <> new.company OR old.domain <> new.domain BEGIN
  DELETE FROM terms_new WHERE lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 1 AND term = old.email AND lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 2 AND term = old.name AND lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 3 AND term = old.company AND lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 4 AND term = old.domain AND lead = old.n;
  INSERT INTO terms SELECT new.site, 1, new.email, new.n WHERE new.email <> '';
  INSERT INTO terms SELECT new.site, 2, new.name, new.n WHERE new.name <> '';
  INSERT INTO terms SELECT new.site, 3, new.company, new.n WHERE new.company <> '';
  INSERT INTO terms SELECT new.site, 4, new.domain, new.n WHERE new.domain <> '';
END;
CREATE TRIGGER leads_deleted AFTER DELETE ON leads BEGIN
  DELETE FROM terms_new WHERE lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 1 AND term = old.email AND lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 2 AND term = old.name AND lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 3 AND term = old.company AND lead = old.n;
  DELETE FROM terms WHERE site = old.site AND kind = 4 AND term = old.domain AND lead = old.n;
END;
