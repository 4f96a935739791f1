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
stopping = The server is stopping. Try again in a minute.

email-invalid = This does not look like a mail address.
email-taken = There is already somebody with this address.
password-too-short = The password is too short: at least { $limit } characters.
password-too-long = The password is too long: at most { $limit } characters.
wrong-credentials = The address or the password is wrong.
link-expired = The link was used already or is too old. Ask for a new one.
last-administrator = At least one administrator of the whole company has to stay.
unit-cycle = A unit cannot stand below itself.
code-taken = The code is already taken.
name-missing = A name is missing.
name-taken = The name is already taken.
time-zone-unknown = There is no time zone “{ $name }”.

unknown-channel = There is no channel “{ $value }”.
topic-cycle = A topic cannot lie inside itself.
bad-month = “{ $value }” is not a month. Write it like 2026-11.
negative-base = A number of customers, transactions or contracts cannot be below zero.
upload-gone = The uploaded file is no longer there. Upload it again.
folder = The data folder cannot be used: { $path }. { $reason }
folder-in-use = Another Otklik works in this data folder.
