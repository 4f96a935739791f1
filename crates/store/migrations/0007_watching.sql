-- Watching: what stood out in the numbers; other programs that are told, and how far telling them got.

-- dimension and value '' mean all items. from_on and to_on are the first and the last day. lead_id: the anomaly that
-- shows the same event more clearly. watched: how many series were watched together when it was found.
create table anomaly (
    id text primary key,
    metric_code text not null,
    metric_version bigint not null,
    dimension text not null,
    value text not null,
    unit_id text,
    grain text not null,
    kind text not null,
    from_on text not null,
    to_on text not null,
    actual double precision not null,
    expected double precision not null,
    low double precision not null,
    high double precision not null,
    deviation double precision not null,
    watched bigint not null,
    causes text not null,
    lead_id text,
    state text not null,
    note text not null default '',
    decided_by text,
    decided_at bigint,
    problem_id text,
    version bigint not null default 1,
    found_at bigint not null
);
create index anomaly_to on anomaly (to_on);
create index anomaly_series on anomaly (metric_code, dimension, value, from_on);

create table webhook (
    id text primary key,
    name text not null,
    url text not null,
    secret text not null,
    created_at bigint not null,
    disabled_at bigint,
    disabled_reason text
);

-- state: waiting, sent, failed.
alter table outbox add column state text not null default 'waiting';
alter table outbox add column attempts bigint not null default 0;
alter table outbox add column due_at bigint not null default 0;
alter table outbox add column error text;
create index outbox_due on outbox (state, due_at);
