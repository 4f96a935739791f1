# The words of reports: what stands beside the numbers on paper and in sheets.

report-company = Company
report-unit = Unit
report-period = Period
report-made = Made
report-where = Conditions
report-words = Words
report-definition = Definition
report-every-day = all time
report-empty = This board has no cards yet.
report-page = Page
report-of = of
report-sample = n { $n }
report-interval = { $low } to { $high }
report-share-points = pp
report-change-real = a real difference
report-change-not-real = no more than chance
report-change-too-few = too few data to judge the difference
report-change-none = nothing to compare with
report-against = against { $period }
report-over-time = { $name } over time
report-this-series = Now
report-other-series = Previous period
report-target = target { $value } by { $day }
report-release = release: { $name }
report-all-items = All feedback
report-no-value = not given
report-no-topic = no topic
report-gone = deleted
report-more-rows = { $count ->
    [one] And { $count } more row: the XLSX has all.
   *[other] And { $count } more rows: the XLSX has all.
}
report-gaps = Gaps: { $list }.
report-more-gaps = and { $count } more
report-small-rows = Pale rows: fewer than { $n } answers.
report-dots = A dot in place of a number: too few data.
report-no-rows = No feedback in this breakdown.
report-unknown-metric = The metric of this card is gone.
report-windows = Each point is counted over a rolling window: neighbouring points share items.
report-overlap = An item may have several topics: rows overlap and add up to more than the whole.
report-carried = Some months are missing from the customer base: the number of one of the two months before was taken.
report-anonymous = Items without a customer key are not among the customers.
report-periods-differ = The periods differ in length: the difference is the one at equal length.
report-independent = The interval takes the metrics of the formula for independent.
report-bounded = The interval is rather too wide: how answers to different questions go together cannot be counted here.
report-many = Many comparisons: the bar is higher than usual (Holm's correction).

report-refused-no-data = Nobody answered here.
report-refused-too-few = Fewer than five answers: no honest estimate can be made of them.
report-refused-no-denominator = The customer base has nothing for this slice: there is nothing to divide by.
report-refused-denominator-too-small = More customers were heard than the customer base has: its numbers cannot be right.
report-refused-undefined = The formula has no value here: it divides by zero.
report-refused-no-weights = A group of the customer base did not answer here: no weight can speak for it.
report-short-no-data = no answers
report-short-too-few = too few
report-short-no-denominator = no customer base
report-short-denominator-too-small = base too small
report-short-undefined = undefined
report-short-no-weights = cannot be weighed

report-warn-empty = Nobody answered.
report-warn-small = Only { $answers } answers: an estimate should rest on { $minimum } or more.
report-warn-low-response = { $share } of those invited answered: the others may think otherwise.
report-warn-self-selected = Nobody was asked: those with a grievance or a wish write more often.
report-warn-insiders = { $share } of the answers come from staff and friends: they do not judge as customers do.
report-warn-burst = { $share } of the answers came on one day: check that it was not one mailing or one person.
report-warn-dropped = { $answers } answers against { $before } in the period before: compare with care.
report-warn-lopsided = Those who answered are unlike the customer base.
report-warn-lopsided-badly = Those who answered are very unlike the customer base: weights will not mend it.

report-unit-nps = −100 to 100
report-unit-scale = { $low } to { $high }
report-unit-rate-customers = per { $per } customers
report-unit-rate-transactions = per { $per } transactions
report-unit-rate-contracts = per { $per } contracts
report-unit-rate-invitations = per { $per } invitations
report-unit-rate-starts = per { $per } questionnaires begun

report-column-value = Value
report-column-sample = n
report-column-interval = 95% interval
report-column-low = From
report-column-high = To
report-column-customers = Customers
report-column-before = Before
report-column-difference = Difference
report-column-p = p
report-column-verdict = Verdict
report-column-why = Why there is no value
report-by = { $name }: { $by }

report-dimension-source = Source
report-dimension-channel = Channel
report-dimension-unit = Unit
report-dimension-product = Product
report-dimension-touchpoint = Touchpoint
report-dimension-segment = Segment
report-dimension-region = Region
report-dimension-language = Language
report-dimension-topic = Topic
report-dimension-complaint = Complaint
report-dimension-nps-group = NPS group
report-dimension-day = Day
report-dimension-week = Week
report-dimension-month = Month
report-dimension-quarter = Quarter
report-dimension-year = Year

report-channel-survey = survey
report-channel-call = call
report-channel-chat = chat
report-channel-chatbot = chatbot
report-channel-complaint = complaint
report-channel-branch = branch
report-channel-email = e-mail
report-channel-review = review
report-channel-social = social media
report-channel-report = report
report-channel-research = research
report-channel-employee = employee
report-language-ru = Russian
report-language-en = English
report-nps-group-promoter = promoters
report-nps-group-passive = passives
report-nps-group-detractor = detractors
report-complaint-true = complaint
report-complaint-false = no complaint

report-filter-not = except: { $values }
report-filter-missing = not given
report-filter-given = given
report-filter-answered = answered
report-filter-not-answered = not answered
report-filter-other = a condition of its own

report-incident-outage = outage
report-incident-terms = terms
report-incident-campaign = campaign
report-incident-outside = outside event
report-incident-measurement = change of measurement
report-incident-other = event

report-letter-subject = { $board }, { $period }
report-letter-text = The report of the board “{ $board }” for { $period } is attached.
report-letter-open = Open the board
