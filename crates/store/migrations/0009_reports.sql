-- Reports: boards that are sent by themselves, what each time was made of them, and the files.

-- next_at is absent while it is paused. content: board, rhythm, time, formats, paper, recipients.
create table report (
    id text primary key,
    board_id text not null,
    owner_id text not null,
    content text not null,
    next_at bigint,
    version bigint not null default 1,
    created_at bigint not null,
    updated_at bigint not null
);
create index report_board on report (board_id);
create index report_next on report (next_at);

-- sent_to and left_out: people, the latter without the right to see the board by then.
create table report_run (
    id text primary key,
    report_id text not null,
    due_at bigint not null,
    made_at bigint not null,
    requested_by text not null,
    sent_to text not null,
    left_out text not null
);
create index report_run_report on report_run (report_id, made_at);

-- people: who may take it. bytes: base64.
create table report_file (
    id text primary key,
    run_id text not null,
    people text not null,
    name text not null,
    format text not null,
    size_bytes bigint not null,
    bytes text not null
);
create index report_file_run on report_file (run_id);

-- What was sent and begun in the month: the denominators of response and completion.
alter table customer_base add column invitations bigint;
alter table customer_base add column starts bigint;
