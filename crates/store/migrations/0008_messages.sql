-- Messages: letters and what is attached to them; what people asked to be told of, and what they were told.

-- content: base64. Kept until some days after its letters are through.
create table attachment (
    id text primary key,
    name text not null,
    media_type text not null,
    content text not null,
    created_at bigint not null
);
create index attachment_created on attachment (created_at);

-- Which kinds of events an address is told of: a JSON list.
alter table webhook add column events text not null default '[]';

create index outbox_created on outbox (created_at);

-- unit_id: of rules for a unit, whose people are told; absent where the rule is its owner's alone.
create table alert_rule (
    id text primary key,
    owner_id text not null references person (id),
    unit_id text references unit (id),
    condition text not null,
    created_at bigint not null,
    updated_at bigint not null,
    disabled_at bigint
);
create index alert_rule_owner on alert_rule (owner_id);

-- Something that went on: it begins once and ends once. subject: what it is about, within its kind.
create table episode (
    id text primary key,
    kind text not null,
    subject text not null,
    rule_id text,
    unit_id text,
    detail text not null,
    began_at bigint not null,
    ended_at bigint
);
create unique index episode_subject on episode (kind, subject);
create index episode_open on episode (ended_at, kind);

-- phase: began, ended. mail_due_at: when it goes into a letter; absent where none is wanted. mailed_at: when it went.
create table notification (
    id text primary key,
    person_id text not null references person (id),
    episode_id text not null references episode (id),
    phase text not null,
    detail text not null,
    created_at bigint not null,
    read_at bigint,
    mail_due_at bigint,
    mailed_at bigint
);
create unique index notification_once on notification (person_id, episode_id, phase);
create index notification_person on notification (person_id, created_at);
create index notification_mail on notification (mailed_at, mail_due_at);

create table notification_setting (
    person_id text primary key references person (id),
    value text not null,
    updated_at bigint not null
);
