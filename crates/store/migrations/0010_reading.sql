-- What texts say: sentiment, signals, learnt topics, and how well they are told.

-- sentiment: -1, 0, 1; absent where nothing is told. sentiment_milli: from -1000 to 1000. sentiment_origin: model, hand.
alter table feedback add column sentiment bigint;
alter table feedback add column sentiment_milli bigint;
alter table feedback add column sentiment_origin text not null default 'model';

-- Toward the topic; origin may be «model» too.
alter table feedback_topic add column sentiment bigint;

-- kind: leaving, escalation, safety, vulnerable. dismissed: a person said that it is none.
create table feedback_signal (
    feedback_number bigint not null references feedback (number),
    kind text not null,
    spans text not null default '[]',
    dismissed_by text,
    dismissed_at bigint,
    primary key (feedback_number, kind)
);

-- Up to which item a person has seen the signals.
create table signal_visit (
    person_id text primary key references person (id),
    number bigint not null,
    seen_at bigint not null
);

-- model_on: does the learnt model give the topic to items? model_precision: how many of ten it gives shall be right.
alter table topic add column model_on bigint not null default 0;
alter table topic add column model_precision double precision not null default 0.8;

-- topics: the ids in the order of the model. model: its bytes in base64.
create table topic_model (
    version bigint primary key,
    topics text not null,
    labelled bigint not null,
    trained_at bigint not null,
    model text not null
);

-- Answers of the labelling queue. stratum: given and rest were drawn among items with and without the topic, of close
-- ones the model is least sure. given: did the item have the topic then?
create table topic_answer (
    id text primary key,
    topic_id text not null references topic (id),
    feedback_number bigint not null references feedback (number),
    answer text not null,
    stratum text not null,
    given bigint not null,
    person_id text not null,
    at bigint not null
);
create index topic_answer_topic on topic_answer (topic_id, at);
