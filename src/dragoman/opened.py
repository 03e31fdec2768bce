"""A record opened: what `dragoman.open_record` gives."""
