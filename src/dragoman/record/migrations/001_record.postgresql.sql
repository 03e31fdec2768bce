
-- DuckDB scans its columns; PostgreSQL needs to be told where to look.
create index document_lineage on document (lineage);
create index document_band_band on document_band (band);
create index document_band_document on document_band (document);
create index report_document on report (document);
create index report_knot on report (knot);
create index report_event on report (event);
create index report_key_key on report_key (key, first);
create index report_key_report on report_key (report);
create index relation_document on relation (document);
create index claim_document on claim (document);
create index document_hash on document (hash);
create index document_published on document (published);
create index event_knot on event (knot);
create index event_first on event (first);
create index event_type on event (type, mode);
create index event_place on event (place_country);
create index event_words on event using gin (string_to_array(words, ' '));
create index event_key_key on event_key (key, first);
create index event_key_event on event_key (event);
create index event_dyad_event on event_dyad (event);
create index event_dyad_pair on event_dyad (source, target, first);
create index history_subject on history (subject);
create index register_visit_host on register_visit (host);
