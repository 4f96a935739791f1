-- Alarms that a solved problem is coming back. settled: reopened, dismissed.

create table problem_alarm (
    id text primary key,
    problem_id text not null references problem (id),
    solution_id text not null references solution (id),
    since text not null,
    measure text not null,
    raised_at bigint not null,
    settled text,
    settled_by text,
    settled_at bigint,
    reason text not null default ''
);
create index problem_alarm_problem on problem_alarm (problem_id, raised_at);
create unique index problem_alarm_open on problem_alarm (problem_id) where settled is null;
