-- People, rights, units, settings; audit, jobs, outbox; the change sequence.

create table person (
    id text primary key,
    email text not null unique,
    name text not null,
    language text,
    password_hash text,
    created_at bigint not null,
    disabled_at bigint
);

create table unit (
    id text primary key,
    tree text not null,
    parent_id text references unit (id),
    code text not null unique,
    name_ru text not null,
    name_en text not null,
    position bigint not null default 0,
    archived_at bigint
);

-- unit_id '' means the whole company.
create table role_grant (
    person_id text not null references person (id),
    unit_id text not null,
    role text not null,
    primary key (person_id, unit_id)
);

create table session (
    id_hash text primary key,
    person_id text not null references person (id),
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    agent text not null,
    address text not null
);
create index session_person on session (person_id);

create table api_token (
    id text primary key,
    person_id text not null references person (id),
    name text not null,
    token_hash text not null unique,
    created_at bigint not null,
    used_at bigint,
    expires_at bigint
);

-- A one-time link: the first administrator's, or a colleague's.
create table invitation (
    token_hash text primary key,
    person_id text references person (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create table setting (
    key text primary key,
    value text not null,
    updated_at bigint not null
);

create table audit (
    id text primary key,
    at bigint not null,
    actor_kind text not null,
    actor_id text not null,
    event text not null,
    entity text not null,
    entity_id text not null,
    detail text not null
);
create index audit_entity on audit (entity, entity_id);
create index audit_at on audit (at);

create table job (
    id text primary key,
    kind text not null,
    state text not null,
    payload text not null,
    dedup_key text,
    progress_done bigint not null default 0,
    progress_total bigint not null default 0,
    result text,
    error text,
    attempts bigint not null default 0,
    run_at bigint not null,
    created_at bigint not null,
    created_by text not null,
    started_at bigint,
    beat_at bigint,
    finished_at bigint
);
create index job_state on job (state, run_at);
create unique index job_dedup on job (dedup_key) where state = 'queued';

create table outbox (
    id text primary key,
    kind text not null,
    payload text not null,
    created_at bigint not null,
    sent_at bigint
);

create table change_sequence (
    name text primary key,
    value bigint not null
);
insert into change_sequence (name, value) values
    ('feedback_change', 0), ('feedback_number', 0), ('problem_number', 0), ('base_change', 0);
