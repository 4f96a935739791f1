-- What customers said, and what is needed to read it.

create table source (
    id text primary key,
    name text not null unique,
    channel text not null,
    retention_days bigint,
    created_at bigint not null,
    archived_at bigint
);

create table feedback (
    number bigint primary key,
    id text not null unique,
    change bigint not null,
    source_id text not null references source (id),
    external_id text not null,
    content_hash text not null,
    occurred_at bigint not null,
    arrived_at bigint not null,
    channel text not null,
    customer_key text,
    unit_id text,
    product text,
    touchpoint text,
    segment text,
    region text,
    language text not null,
    nps bigint,
    csat bigint,
    ces bigint,
    complaint bigint not null default 0,
    title text,
    text text,
    attributes text not null default '{}',
    erased_at bigint
);
create unique index feedback_external on feedback (source_id, external_id);
create index feedback_change on feedback (change);
create index feedback_customer on feedback (customer_key);
create index feedback_source_occurred on feedback (source_id, occurred_at);

create table topic (
    id text primary key,
    parent_id text references topic (id),
    code text not null unique,
    name_ru text not null,
    name_en text not null,
    rule text not null default '',
    position bigint not null default 0,
    version bigint not null default 1,
    archived_at bigint
);

-- origin: rule, hand. applies 0: a person said «not this topic».
create table feedback_topic (
    feedback_number bigint not null references feedback (number),
    topic_id text not null references topic (id),
    origin text not null,
    applies bigint not null default 1,
    confidence double precision not null default 1,
    spans text not null default '[]',
    primary key (feedback_number, topic_id)
);
create index feedback_topic_topic on feedback_topic (topic_id);

create table import_profile (
    id text primary key,
    name text not null unique,
    source_name text not null,
    channel text not null,
    mapping text not null,
    created_at bigint not null,
    updated_at bigint not null
);

create table import_run (
    id text primary key,
    job_id text,
    source_id text not null references source (id),
    file_name text not null,
    file_bytes bigint not null,
    format text not null,
    mapping text not null,
    state text not null,
    row_count bigint not null default 0,
    read_count bigint not null default 0,
    new_count bigint not null default 0,
    unchanged_count bigint not null default 0,
    updated_count bigint not null default 0,
    refused_count bigint not null default 0,
    created_at bigint not null,
    created_by text not null,
    finished_at bigint
);

-- Why a row did not come in; the value is masked like every text.
create table import_refusal (
    import_id text not null references import_run (id),
    line bigint not null,
    position bigint not null,
    column_name text not null,
    code text not null,
    params text not null,
    primary key (import_id, line, position)
);

-- How many active customers, transactions, contracts a slice had in a month; '' means «all».
create table customer_base (
    month text not null,
    unit_id text not null default '',
    product text not null default '',
    segment text not null default '',
    region text not null default '',
    customers bigint,
    transactions bigint,
    contracts bigint,
    primary key (month, unit_id, product, segment, region)
);

create table erasure_receipt (
    id text primary key,
    at bigint not null,
    actor_id text not null,
    customer_hint text not null,
    items bigint not null,
    reason text not null
);
