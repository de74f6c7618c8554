-- The tables of a memory, version 3.  docs/memory.md explains them.
--
-- Small numbers cost SQLite one byte or none: languages, documents and sets are
-- numbers, and whatever is rarely there (markup, metadata) is NULL where it is not.

CREATE TABLE language (
    id INTEGER PRIMARY KEY,
    tag TEXT NOT NULL UNIQUE CHECK (tag <> '')
) STRICT;

-- Documents that units come from together: the versions of one page, or one file.
CREATE TABLE document_set (
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size >= 0),  -- documents it was added with
    first INTEGER                             -- unit that stands at position 0
) STRICT;

-- Those at places >= size were only named by variants (x-document of a TMX file).
CREATE TABLE document (
    document_set INTEGER NOT NULL REFERENCES document_set,
    place INTEGER NOT NULL CHECK (place >= 0),
    uri TEXT NOT NULL,
    sha256 BLOB CHECK (length(sha256) = 32),
    language TEXT,
    title TEXT,
    date TEXT,
    source TEXT,
    PRIMARY KEY (document_set, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_uri ON document (uri);

-- What the file of a set says of itself: attributes, notes, properties, packed.
CREATE TABLE header (
    document_set INTEGER PRIMARY KEY REFERENCES document_set,
    meta BLOB NOT NULL CHECK (length(meta) > 0)
) STRICT;

CREATE TABLE unit (
    id INTEGER PRIMARY KEY,                             -- in the order of the documents
    document_set INTEGER REFERENCES document_set,       -- NULL: added by hand
    score INTEGER CHECK (score BETWEEN 0 AND 10000),    -- of the alignment, 1/10000
    flags INTEGER NOT NULL CHECK (flags >= 0),
    position INTEGER,       -- in the set, where it is not id - document_set.first
    origin INTEGER,         -- hash of its texts before they were first edited
    meta BLOB CHECK (length(meta) > 0)
) STRICT;
CREATE INDEX unit_document_set ON unit (document_set) WHERE document_set IS NOT NULL;

CREATE TABLE variant (
    id INTEGER PRIMARY KEY,                             -- in the order of the unit
    unit INTEGER NOT NULL REFERENCES unit,
    language INTEGER NOT NULL REFERENCES language,
    document INTEGER CHECK (document >= 0),             -- place in the unit's set
    text TEXT NOT NULL,
    markup TEXT,
    meta BLOB CHECK (length(meta) > 0)
) STRICT;
CREATE INDEX variant_unit ON variant (unit);

-- What one run of a program wrote, and what was there before.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,                              -- seconds since 1970
    who TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4), -- enum change_kind
    unit INTEGER NOT NULL,          -- or document set; of a run, the first
    last INTEGER NOT NULL,
    before BLOB
) STRICT;
CREATE INDEX change_batch ON change (batch);
CREATE INDEX change_unit ON change (unit);
CREATE INDEX change_added ON change (last, unit) WHERE kind = 0;
CREATE INDEX change_set ON change (unit) WHERE kind = 3;

-- What was learned from the units; change is the latest one that it knows of.
CREATE TABLE learned (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    change INTEGER NOT NULL CHECK (change >= 0),
    units INTEGER NOT NULL CHECK (units >= 0),          -- that were learned
    stale INTEGER NOT NULL CHECK (stale >= 0),          -- of them: changed since
    sum INTEGER NOT NULL,                               -- hash of the bytes
    bytes BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;
