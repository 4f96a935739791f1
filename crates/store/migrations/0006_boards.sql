-- Boards of metrics, targets, and incidents that trends are marked with.

-- reach: own, unit, company. content: period, filter, words and cards.
create table board (
    id text primary key,
    name text not null,
    reach text not null,
    unit_id text,
    owner_id text not null,
    content text not null,
    version bigint not null default 1,
    created_at bigint not null,
    updated_at bigint not null
);
create index board_owner on board (owner_id);

-- Every version of a target is kept; the newest one counts, unless it is dropped.
create table metric_target (
    id text not null,
    version bigint not null,
    metric_code text not null,
    unit_id text,
    filter text not null,
    value double precision not null,
    due_on text not null,
    note text not null default '',
    dropped bigint not null default 0,
    set_at bigint not null,
    set_by text not null,
    primary key (id, version)
);

create table incident (
    id text primary key,
    happened_on text not null,
    kind text not null,
    name text not null,
    unit_id text,
    note text not null default '',
    version bigint not null default 1,
    created_by text not null,
    updated_at bigint not null
);
create index incident_day on incident (happened_on);
