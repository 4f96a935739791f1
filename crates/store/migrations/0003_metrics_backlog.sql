-- Metric definitions; the backlog.

create table metric (
    code text not null,
    version bigint not null,
    definition text not null,
    created_at bigint not null,
    created_by text not null,
    primary key (code, version)
);

create table problem (
    id text primary key,
    number bigint not null unique,
    kind text not null,
    state text not null,
    title text not null,
    statement text not null default '',
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
    updated_at bigint not null,
    archived_at bigint
);

create table gate_item (
    id text primary key,
    solution_id text not null references solution (id),
    position bigint not null,
    title text not null,
    confirmer_id text,
    confirmed_by text,
    confirmed_at bigint,
    proof text not null default ''
);
create index gate_item_solution on gate_item (solution_id, position);

create table verdict (
    id text primary key,
    solution_id text not null references solution (id),
    measure text not null,
    proposed text not null,
    proposed_at bigint not null,
    signed text,
    signed_by text,
    signed_at bigint,
    comment text not null default ''
);
create index verdict_solution on verdict (solution_id, proposed_at);

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
