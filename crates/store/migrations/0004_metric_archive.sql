-- Metrics taken out of the lists; the same moment on every version of a code.

alter table metric add column archived_at bigint;
