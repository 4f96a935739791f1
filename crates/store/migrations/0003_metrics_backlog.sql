-- Metric definitions; the backlog.

create table metric (
    code text not null,
    version bigint not null,
    definition text not null,
    created_at bigint not null,
    created_by text not null,
    primary key (code, version)
);

-- words: the stems of title, statement and rejected_reason, a blank before each.
create table problem (
    id text primary key,
    number bigint not null unique,
    kind text not null,
    state text not null,
    title text not null,
    statement text not null default '',
    words text not null,
    unit_id text,
    owner_id text,
    criticality bigint,
    criticality_reason text not null default '',
    churn_share double precision,
    customer_value double precision,
    claim_cost double precision,
    metric_code text,
    evidence text not null,
    rejected_reason text,
    version bigint not null default 1,
    created_at bigint not null,
    updated_at bigint not null,
    closed_at bigint
);
create index problem_state on problem (state);
create index problem_unit on problem (unit_id);

-- kind: pinned, excluded.
create table problem_item (
    problem_id text not null references problem (id),
    feedback_number bigint not null,
    kind text not null,
    primary key (problem_id, feedback_number)
);

create table criteria_set (
    id text primary key,
    name_ru text not null,
    name_en text not null,
    formula text not null,
    version bigint not null,
    updated_at bigint not null
);

create table solution (
    id text primary key,
    problem_id text not null references problem (id),
    position bigint not null,
    state text not null,
    title text not null,
    description text not null default '',
    words text not null,
    owner_id text,
    effect bigint,
    speed bigint,
    cost bigint,
    people double precision,
    money double precision,
    days bigint,
    hypothesis text,
    hypothesis_fixed_at bigint,
    released_at bigint,
    check_on text,
    outcome text,
    dropped_reason text,
    version bigint not null default 1,
    created_at bigint not null,
    updated_at bigint not null
);
create index solution_problem on solution (problem_id, position);
create index solution_check on solution (state, check_on);

create table gate_template (
    id text primary key,
    name_ru text not null,
    name_en text not null,
    items text not null,
    position bigint not null default 0,
    version bigint not null default 1,
    updated_at bigint not null,
    archived_at bigint
);

create table gate_item (
    id text primary key,
    solution_id text not null references solution (id),
    position bigint not null,
    title_ru text not null,
    title_en text not null,
    confirmer_id text,
    confirmed_by text,
    confirmed_at bigint,
    proof text not null default ''
);
create index gate_item_solution on gate_item (solution_id, position);

create table verdict (
    id text primary key,
    solution_id text not null references solution (id),
    check_on text not null,
    measure text not null,
    proposed text not null,
    proposed_at bigint not null,
    signed text,
    signed_by text,
    signed_at bigint,
    comment text not null default ''
);
create unique index verdict_check on verdict (solution_id, check_on);

create table problem_event (
    id text primary key,
    problem_id text not null references problem (id),
    at bigint not null,
    actor_kind text not null,
    actor_id text not null,
    kind text not null,
    detail text not null
);
create index problem_event_problem on problem_event (problem_id, at);
create index problem_event_at on problem_event (at);
