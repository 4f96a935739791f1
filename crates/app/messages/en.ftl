# Messages by code: an underscore of the code is a hyphen here. What happened, what was kept, what to do.

internal = Something broke on the server. No data is lost; try again or show the server's log to your administrator.
not-found = There is no such thing here: it may have been deleted, or the link is incomplete.
unauthenticated = Sign in to go on.
forbidden = You have no right to do this. An administrator can give it to you.
csrf = The request did not come from a page of Otklik and was refused.
too-many-requests = Too many requests in a row. Wait { $seconds } s and try again.
body-too-large = The request is larger than allowed: at most { $limit_bytes } bytes.
request-invalid = The request cannot be read: { $reason }
stale = Somebody else changed this while you were editing. Your edit was not saved: look at the new version and try again.
conflict = There is already such an entry.
unavailable = The database does not answer at the moment. Nothing is lost; try again in a minute.
disk-refused = The server's disk refused the file: { io-reason }. The file was not kept; everything else is intact.
io-reason = { $reason ->
    [not_found] there is no such file or folder
    [not_permitted] permission is missing
    [read_only] the disk can only be read
    [full] the disk is full
    [exists] there is already such a file
    [is_folder] this is a folder, not a file
    [is_no_folder] this is not a folder
   *[other] system error { $os }
}
stopping = The server is stopping. Try again in a minute.

email-invalid = This does not look like a mail address.
email-taken = There is already somebody with this address.
password-too-short = The password is too short: at least { $limit } characters.
password-too-long = The password is too long: at most { $limit } characters.
wrong-credentials = The address or the password is wrong.
link-expired = The link was used already or is too old. Ask for a new one.
last-administrator = At least one administrator of the whole company has to stay.
unit-cycle = A unit cannot stand below itself.
unit-tree = Only units of the same tree can stand above and below a unit.
code-taken = The code is already taken.
name-missing = A name is missing.
name-taken = The name is already taken.
time-zone-unknown = There is no time zone “{ $name }”.
currency-unknown = There is no currency “{ $name }”. Use a code of ISO 4217 such as RUB or EUR.
webhook-url-invalid = This is not an address for a webhook: it takes http:// or https:// with a host and no password in it.
webhook-secret-invalid = The webhook’s secret cannot be read: create the webhook anew.

unknown-channel = There is no channel “{ $value }”.
topic-cycle = A topic cannot lie inside itself.
bad-month = “{ $value }” is not a month. Write it like 2026-11.
bad-precision = A precision lies between 50 and 99 %.
bad-date = “{ $value }” is not a date. Write it like 2026-03-31.
negative-base = A number of customers, transactions or contracts cannot be below zero.
upload-gone = The uploaded file is no longer there. Upload it again.
folder = The data folder cannot be used: { $path }: { io-reason }.
folder-in-use = Another Otklik works in this data folder.
not-empty = { $path } already holds data. Choose an empty folder and an empty database.
archive-file = The archive failed: { $path }: { io-reason }.
archive-damaged = This is no archive of Otklik, or it is damaged: { $part }. Nothing was changed.
archive-newer = The archive was written by a newer Otklik { $otklik }. Update this program. Nothing was changed.
demo-date = The demo has no history for such a day.
demo-too-many = The demo does not make so many items: { $max } at most.

database-newer = A newer Otklik has worked with this database. Upgrade the program; the data are intact.
text-unstorable = The text has a character that cannot be stored: a NUL byte.

file-unreadable = The file cannot be read: { io-reason }.
file-empty = The file is empty.
file-without-rows = The file has a header only, and no rows of feedback.
file-of-nul-bytes = The file is full of NUL bytes: this is no text.
file-format-unsupported = Files of the kind “{ $what }” are not supported. CSV, TSV, XLSX, JSON and JSON Lines are.
file-too-large = { $what ->
    [file] The file is larger than allowed: at most { $limit } bytes.
    [unpacked] The file unpacks to more than allowed: at most { $limit } bytes.
    [workbook] The workbook unpacks to more than allowed: at most { $limit } bytes.
    [workbook_strings] The texts of the workbook take more than allowed: at most { $limit } bytes.
    [workbook_parts] The workbook has too many parts: at most { $limit }.
    [workbook_cell] A value in the workbook is longer than allowed: at most { $limit } bytes.
   *[header] The header row is longer than allowed: at most { $limit } bytes.
}
file-is-a-bomb = The file unpacks to more than { $ratio } times its size, as feedback never does. It was refused.
file-too-many-columns = The file has { $count } columns; at most { $limit } are allowed.
file-damaged = { $what ->
    [cut_off] The file breaks off in the middle: it seems to have been copied or downloaded in part.
    [packing] The file is damaged: what is packed in it does not unpack.
    [archive] The file is damaged: the list of the archive's parts cannot be read.
    [password] The file is protected by a password. Remove the password and upload it again.
    [workbook] The workbook is damaged: its content cannot be read. Open it in Excel and save it anew.
    [strings] The workbook is damaged: it has fewer strings than it claims.
    [header_quote] A quotation mark in the header row was opened and not closed.
   *[other] The file is damaged.
}
file-without-array = There is no list of feedback under the key “{ $key }”.
file-delimiter-unfit = The character “{ $character }” cannot part or quote cells.
file-without-sheet = The workbook has no sheet “{ $sheet }”.
mapping-no-column = The file has no column “{ $column }”.
mapping-field-twice = Two columns are mapped to the field “{ $field }”.
mapping-nothing-said = No column is mapped to a text, a score or a complaint: there is nothing to import.
mapping-no-time-zone = There is no time zone “{ $name }”.
mapping-syntax = “{ $part }” does not look like field=column.

rule-empty = The rule has no word.
rule-too-long = The rule is longer than 2,000 characters.
rule-too-many-words = The rule has more than 200 words.
rule-too-deep = The parentheses of the rule are nested more than 20 deep.
rule-unclosed-quote = A quotation mark was opened and not closed (character { $at }).
rule-unclosed-parenthesis = A parenthesis was opened and not closed (character { $at }).
rule-unopened-parenthesis = A closing parenthesis without an opening one (character { $at }).
rule-missing-operand = There is nothing beside the operator (character { $at }).
rule-short-prefix = At least two letters have to stand before the asterisk (character { $at }).
rule-distance = The distance between words is 1 to 50 (character { $at }).
rule-near-operand = Only words, phrases and their alternatives can be near each other (character { $at }).
rule-only-excludes = The rule only excludes: add a word that has to occur.

unknown-metric = There is no metric “{ $name }”.
unknown-dimension = There is no dimension “{ $name }”.
too-many-dimensions = { $given } dimensions are given; at most four are possible.
repeated-dimension = The dimension “{ $name }” is given twice.
two-time-dimensions = Time is given twice: keep one step of time.
bad-period = This is not a period: { $value }
bad-definition = { $what ->
    [code] The code takes up to 64 lower-case Latin letters, digits and underscores, a letter first.
    [name] The name is needed in both languages, up to 200 characters each.
    [description] The description is too long: at most 4,000 characters.
    [unit] The unit does not suit the formula.
    [filter] The filter cannot be stored: it holds a list of items.
    [window] The window is from 1 day to 36 months; a formula over other metrics has none of its own.
    [expression] A formula over metrics has to name at least one metric.
   *[formula] The formula contradicts itself: check scales, bounds, weights and conditions.
}
bad-board = { $what ->
    [name] The board needs a name, up to 200 characters.
    [unit] Choose the unit that the board is shared with.
    [cards] A board has at most 40 cards.
    [words] The search words are too long: at most 500 characters.
   *[card] A card is not complete: check its metric, step of time and dimensions.
}
bad-report = { $what ->
    [rhythm] There is no such day to send on: check the day of the week or month.
    [time] Name the time of sending, for example 09:00.
    [formats] Choose what to send: PDF, XLSX or both.
   *[recipients] Choose the recipients: one to a hundred, each of whom may see this board.
}
report-failed = The report could not be set. The data are whole; the server's log has the details.
bad-target = { $what ->
    [value] A target is a number.
    [day] Name the day by which the target shall be reached.
    [filter] The filter cannot be stored: it holds a list of items.
   *[note] The note is too long: at most 1,000 characters.
}
bad-incident = { $what ->
    [name] The event needs a name, up to 200 characters.
    [day] Name the day of the event.
   *[note] The note is too long: at most 4,000 characters.
}
too-many-questions = { $given } questions are given; at most { $limit } are answered at once.
metric-circular = The formula leads back to the metric “{ $name }” itself. A metric cannot be made of itself.
metric-too-deep = Formulas stand on each other too deep: at most { $limit } metrics one upon another.
metric-code-taken = There is a metric with the code “{ $name }” already, perhaps an archived one.
metric-archived = The metric “{ $name }” is archived: restore it first.
metric-without-effect = No effect of a change can be measured on the metric “{ $name }”, because it is made of other metrics. Take one of those.
metric-without-answers = What moves the metric “{ $name }” cannot be told: it is not made of single answers. Take a score, such as NPS or CSAT.
note-missing = Say what it was: without a note the mark tells colleagues nothing.
note-too-long = The note is too long: at most 4,000 characters.
effect-too-early = Not a whole week has passed since the change yet. The effect can be looked at from { $day } on.
too-many-steps = { $given } steps of time: over a rolling window at most { $limit } can be counted. Take a longer step or a shorter period.
bad-value = “{ $value }” is not a value of the dimension “{ $name }”.
too-many-groups = The answer has more than { $limit } rows. Take a dimension away or narrow the filter.
too-much-memory = This question needs more than { $limit } MB of memory at once. Take a dimension away or narrow the filter.
cancelled = The question was taken back before it was answered. Ask again.
unknown-item = This item is no longer there. Reload the list.
no-snapshot = There is no snapshot of the numbers yet. It appears when the server stops.
damaged-snapshot = The snapshot of the numbers is damaged. At the next start the numbers are built anew.
io = The disk refused the snapshot of the numbers. The feedback is intact; the numbers will be built anew.

field-empty = The field “{ $field }” has to be filled in.
field-too-long = Too long: the field “{ $field }” takes at most { $limit } characters.
field-out-of-range = The field “{ $field }” takes values from { $low } to { $high }.
reason-missing = Write the reason down.
evidence-invalid = Such evidence cannot be kept: it has to be a condition, not a list of items.
problem-closed = { $state ->
    [solved] The problem is solved. Reopen it first.
   *[rejected] The problem was rejected. Reopen it first.
}
problem-state = { $state ->
    [new] The problem was not taken into analysis yet.
    [analysing] The problem is being analysed: this is not possible now.
    [solving] The problem is being solved: this is not possible now.
    [watching] The problem is being watched: this is not possible now.
    [solved] The problem is solved already.
   *[rejected] The problem was rejected.
}
solution-state = { $state ->
    [draft] The plan is still a draft.
    [planned] The plan has not reached its release gate yet.
    [in_gate] The plan is in its release gate: this is not possible now.
    [released] The plan is released already.
    [judged] The plan has its verdict already.
   *[dropped] The plan was dropped.
}
plan-released = A released plan keeps its place.
order-incomplete = The order has to name every plan exactly once. Reload the page.
not-current = Another plan comes first.
hypothesis-missing = Fix the hypothesis first.
hypothesis-fixed = The hypothesis is fixed: what was promised before the release is not changed.
check-too-early = The check date is { $earliest } at the earliest: the data will not be in before.
check-not-due = The check is due on { $check_on }.
gate-missing = The plan has no release gate.
gate-started = The release gate was started already.
gate-open = { $open ->
    [one] { $open } line of the release gate is open.
   *[other] { $open } lines of the release gate are open.
}
not-confirmer = Somebody else confirms this line.
person-needed = Only a person can sign, not a program.
not-released = The plan is not released yet.
already-signed = The verdict is signed already.
check-missing = Give the date of the next check.
alarm-missing = The problem has no open alarm: somebody may have answered it already.
formula-invalid = { $issue ->
    [empty] The formula is empty.
    [too_long] The formula is too long.
    [too_deep] The parentheses of the formula are nested too deep.
    [unknown_sign] Formulas do not know the sign “{ $found }” (place { $position }).
    [bad_number] “{ $found }” is not a number (place { $position }).
    [unknown_variable] There is no variable “{ $found }” (place { $position }).
    [unknown_function] There is no function “{ $found }” (place { $position }).
    [value_expected] A number, a variable or a parenthesis should stand here (place { $position }).
    [operator_expected] An operator should stand here (place { $position }).
    [unclosed] A parenthesis was opened and not closed (place { $position }).
   *[wrong_arguments] The function “{ $found }” takes another number of arguments (place { $position }).
}
demo-data = The data of the demo are damaged: install the program again.

refusals-line = Line
refusals-column = Column
refusals-code = Code
refusals-reason = Reason
issue-wrong-cell-count = { $found } cells for { $expected } columns.
issue-unclosed-quote = A quotation mark was opened and not closed.
issue-row-too-long = The row is longer than allowed: at most { $limit } bytes.
issue-cell-too-long = The cell is longer than allowed: at most { $limit }.
issue-nul-byte = A NUL byte stands in the cell: this is no text.
issue-bad-encoding = There are bytes that this encoding does not have.
issue-bad-json = { $reason ->
    [cut_off] Not JSON: the object does not end.
    [separator] Not JSON: a comma or a closing bracket is missing.
    [colon] Not JSON: the colon after a name is missing.
    [trailing_comma] Not JSON: there is a comma too many at the end.
    [trailing_text] Not JSON: something follows the object.
    [name] Not JSON: the name of a field has to stand in quotation marks.
    [control_character] Not JSON: a control character such as a line break stands inside a text.
    [escape] Not JSON: wrong sequence after a backslash.
    [number] Not JSON: a number is written wrongly.
    [depth] Not JSON: the brackets are nested too deep.
   *[syntax] Not JSON: a value should stand here.
}
issue-not-an-object = JSON, but no object with named fields.
issue-empty-row = All cells are empty.
issue-nothing-said = Nothing was said: no text, no score, no complaint.
issue-missing-date = There is no date.
issue-bad-date = Not a date: “{ $value }”.
issue-date-out-of-range = The date is before 1990 or in the future: “{ $value }”.
issue-missing-id = There is no id.
issue-duplicate-in-file = The same id stands in line { $first_line }.
issue-not-a-number = Not a number: “{ $value }”.
issue-not-a-whole-number = A whole number is needed, not “{ $value }”.
issue-score-out-of-range = The score “{ $value }” is off the scale from { $low } to { $high }.
issue-not-yes-or-no = “Yes” or “no” is needed, not “{ $value }”.
issue-unknown-channel = There is no channel “{ $value }”; the item came in without it.

hour-invalid = Hours are whole numbers from 0 to 23.
courier = Messages cannot go out: check the setting { $what }.
mail-missing = Mail is not set up. The server's operator names it in the section [mail] of otklik.toml.
mail-failed = { $what ->
    [timeout] The mail server did not answer in time.
    [unreachable] The mail server cannot be reached: check mail.host and mail.port.
    [tls] No secure connection with the mail server: check mail.security and the server’s certificate.
   *[other] The mail server refused: { $what }.
}
bad-rule = { $what ->
    [weight] The weight of an anomaly is a number, 0 or more.
    [grain] Weeks or months can be watched.
   *[value] A limit is a number.
}
alert-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
alert-channel = { $channel ->
    [survey] survey
    [call] call
    [chat] chat
    [chatbot] chatbot
    [complaint] complaint
    [branch] branch
    [email] email
    [review] review
    [social] social media
    [report] report
    [research] research
    [employee] employee
   *[other] { $channel }
}
alert-anomaly-began-title = { $shape ->
    [spike-up] { $series }: a spike
    [spike-down] { $series }: a dip
    [shift-up] { $series }: the level has risen
   *[shift-down] { $series }: the level has fallen
}
alert-anomaly-began-text = { $days }: { $actual }, where about { $expected } was expected.
alert-anomaly-ended-title = { $series }: back to normal
alert-anomaly-ended-text = { $days }: { $actual } instead of the expected { $expected }.
alert-metric-began-title = { $side ->
    [below] { $series } is below { $limit }
   *[above] { $series } is above { $limit }
}
alert-metric-began-text = { $estimated ->
    [yes] { $days }: { $value } (95% interval { $low } to { $high }), { $n ->
        [one] { $n } answer
       *[other] { $n } answers
    }. This is more than chance.
   *[no] { $days }: { $value }.
}
alert-metric-ended-title = { $side ->
    [below] { $series } is no longer below { $limit }
   *[above] { $series } is no longer above { $limit }
}
alert-metric-ended-text = { $estimated ->
    [yes] { $days }: { $value } (95% interval { $low } to { $high }), { $n ->
        [one] { $n } answer
       *[other] { $n } answers
    }.
   *[no] { $days }: { $value }.
}
alert-problem-began-title = A solved problem is coming back: no. { $number } “{ $title }”
alert-problem-began-text = It shows since { $since }. Reopen it, or say why the alarm is false.
alert-problem-ended-title = The return of problem no. { $number } “{ $title }” has been dealt with
alert-problem-ended-text = What was decided stands in the problem’s history.
alert-verdict-began-title = A verdict waits for a signature: no. { $number } “{ $title }”
alert-verdict-began-text = Plan “{ $plan }”: { $outcome ->
    [worked] the data say that it worked.
    [partly] the data say that it worked in part.
    [no_effect] the data show no effect worth having.
    [worse] the data say that things got worse.
   *[cannot_tell] the data cannot tell yet.
}
alert-verdict-ended-title = The verdict no longer waits for a signature: no. { $number } “{ $title }”
alert-verdict-ended-text = Plan “{ $plan }”: the outcome stands in the problem’s history.
letter-alerts-subject = Otklik: { $count ->
    [one] { $count } piece of news
   *[other] { $count } pieces of news
}
letter-alerts-rest = { $count ->
    [one] And { $count } more message on the screen.
   *[other] And { $count } more messages on the screen.
}
letter-alerts-footer = You receive this letter because you asked Otklik to tell you of such events.
letter-alerts-settings = Change or unsubscribe
letter-trial-subject = Otklik: a trial letter
letter-trial-text = Mail is set up: this letter has arrived. The server: { $address }
