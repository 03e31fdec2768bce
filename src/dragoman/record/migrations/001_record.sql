-- The record: documents, what was coded from them, the events merged from the reports, and what people decided.
-- One dialect for DuckDB 2 and PostgreSQL 15. Lists of codes are text with ';' between; null is unknown.

create table document (
    id varchar primary key,          -- hash of outlet, url, text and given day (record/told.py)
    given varchar,                   -- the id as the reader found it
    hash varchar not null,           -- of the text alone: the same words elsewhere have the same hash
    lang varchar,
    outlet varchar,
    url varchar,
    title varchar,
    published date,
    precision varchar,               -- of published: day, month, year
    basis varchar,
    text varchar,                    -- null where the record keeps no texts
    characters integer not null,
    lineage varchar not null,        -- id of the first document of its near-copies; its own where there are none
    signature bytea,                 -- by which near-copies are known (record/copies.py)
    coder varchar not null,          -- 'dragoman', or the data set that it was imported from
    version varchar not null,        -- of the coder
    coded timestamp not null,        -- when it was coded, UTC
    batch varchar not null,
    title_words varchar not null,    -- stems of the title, as report.words
    defects varchar not null,        -- JSON
    withdrawn timestamp              -- set: kept, but nothing of it counts
);

-- Where near-copies of a document are looked for.
create table document_band (
    band bigint not null,
    published date,
    document varchar not null
);

create table report (
    id varchar primary key,
    document varchar not null,
    sentence integer not null,
    type varchar not null,
    mode varchar,
    concept varchar not null,
    status varchar,
    contexts varchar not null,
    sources varchar not null,        -- countries of the actors
    targets varchar not null,        -- countries of the recipients
    reciprocal boolean not null,
    first date,
    last date,
    precision varchar,
    basis varchar,
    place_country varchar,
    place varchar,
    confidence double precision not null,
    coder varchar not null,
    words varchar not null,          -- stems of its evidence, folded, a space around each: what text search looks at
    body varchar not null,           -- JSON: the report's line (docs/schema.md)
    knot varchar not null,           -- reports that merging must look at together
    event varchar                    -- null: withdrawn
);

-- Where merging looks for reports of the same happening.
create table report_key (
    key bigint not null,             -- record/columns.py: number
    first integer not null,          -- days, as Python counts them: date.toordinal
    last integer not null,
    report varchar not null
);

create table relation (
    id varchar primary key,
    document varchar not null,
    type varchar not null,
    a varchar,                       -- country
    b varchar,
    polarity integer not null,
    body varchar not null
);

create table claim (
    id varchar primary key,
    document varchar not null,
    kind varchar not null,
    type varchar,
    mode varchar,
    from_country varchar,
    to_country varchar,
    body varchar not null
);

create table event (
    id varchar primary key,
    type varchar not null,
    mode varchar,
    concept varchar not null,
    status varchar,
    contexts varchar not null,
    quad integer,                    -- 1 to 4: verbal, material cooperation; verbal, material conflict
    sources varchar not null,
    targets varchar not null,
    first date,
    last date,
    precision varchar,
    place_country varchar,
    place varchar,
    offices varchar not null,        -- of the actors
    names varchar not null,          -- of all parties, folded
    said_by varchar not null,        -- folded
    goldstein double precision,
    plover_score double precision,
    confidence double precision not null,
    reports integer not null,
    outlets integer not null,
    lineages integer not null,
    reported_first date,
    reported_last date,
    coder varchar not null,
    words varchar not null,          -- as report.words, of all its reports
    knot varchar not null,
    body varchar not null            -- JSON: the event's line
);

-- Who acted towards whom, one row a direction; both directions of what was done together.
create table event_dyad (
    event varchar not null,
    source varchar not null,
    target varchar not null,
    first date
);

-- Where events are looked for that may be tied to one: a plan, a denial, a memory of it.
create table event_key (
    key bigint not null,
    first date not null,
    last date not null,
    event varchar not null,
    happened boolean not null,
    other boolean not null           -- may be tied to a happening: is none, or promises one
);

-- An id that an event once had, and the one that stands for it now.
create table event_alias (
    id varchar primary key,
    event varchar not null
);

-- What people decided about the record: outlives every run.
create table decision (
    id varchar primary key,
    kind varchar not null,           -- merge | split | withdraw
    subject varchar not null,
    object varchar,
    made timestamp not null,
    why varchar,
    undone timestamp
);

-- What changed, so that nothing is overwritten silently.
create table history (
    id varchar primary key,
    moment timestamp not null,
    batch varchar not null,
    kind varchar not null,           -- event | document | decision | register
    subject varchar not null,
    what varchar not null,           -- changed | absorbed | withdrawn | forgotten | …
    before varchar                   -- JSON: as it stood; null where nothing stood
);

-- Visits that a register lists, as it lists them.
create table register_visit (
    id varchar primary key,
    register varchar not null,
    person varchar,
    office varchar,
    country varchar,                 -- the visitor's
    host varchar not null,
    first date,
    last date,
    precision varchar,
    body varchar not null            -- JSON: the visit
);

create table register (
    name varchar primary key,
    scope varchar,                   -- whose visits it lists
    first date,
    last date,
    entries integer not null,
    origin varchar,
    imported timestamp not null
);

create table setting (
    name varchar primary key,
    value varchar not null
);
