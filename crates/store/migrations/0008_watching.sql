-- Watching: what stood out in the numbers, rules that tell people of it, what was told and delivered.

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

create table alert_rule (
    id text primary key,
    name text not null,
    unit_id text,
    condition text not null,
    audience text not null,
    quiet_from bigint,
    quiet_to bigint,
    most_a_day bigint not null,
    enabled bigint not null default 1,
    version bigint not null default 1,
    created_at bigint not null,
    created_by text not null,
    updated_at bigint not null
);

-- subject: what raised it, told once; sent_at is empty while it waits for the end of the quiet hours or for tomorrow.
create table alert (
    id text primary key,
    rule_id text not null references alert_rule (id),
    subject text not null,
    detail text not null,
    raised_at bigint not null,
    sent_at bigint
);
create unique index alert_subject on alert (rule_id, subject);
create index alert_raised on alert (raised_at);

create table notification (
    id text primary key,
    person_id text not null references person (id),
    kind text not null,
    detail text not null,
    created_at bigint not null,
    read_at bigint
);
create index notification_person on notification (person_id, read_at, created_at);

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
