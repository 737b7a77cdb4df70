"""What each key of feeds.toml means, with lines that show it; types and defaults come from the program."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """What is said of a key."""

    meaning: str
    example: str
    """Lines of the table it stands in; the tests load them, with what else such a table needs."""
    type: str = ""
    """Where more is known than text or number."""
    default: str = ""
    """In words, where leaving it out means something else than a value."""


HEADS: dict[str, tuple[str, str]] = {
    "settings": (
        "[settings]",
        "What holds for all feeds and for the screen. One table; a key left out has its default.",
    ),
    "feed": (
        "[[feed]]",
        "A feed, a search, or a page without a feed; as many as you like, and one at least. However it is written, polling keeps to [the checklist](fetching-checklist.md).",
    ),
    "reading": (
        "[reading]",
        "How stories are read. One table. After a change, `overflight reread` applies it to what is stored.",
    ),
    "term": (
        "[[term]]",
        "More words for a concept that the reading knows. Case and accents do not matter; `*` at the end or start of a word stands for any ending or beginning, `*` alone for up to three words. No regular expressions.",
    ),
    "mute": ("[[mute]]", "Words that are passed over."),
    "bias": ("[[bias]]", "A number added to the score of every story of a feed."),
    "place": ("[[place]]", "A place that is watched: known by its spellings, by a point, or a whole state."),
    "channel": ("[[channel]]", "A way to tell somebody. `overflight alerts test NAME` tries it."),
    "alert": (
        "[[alert]]",
        "A rule: of which incidents, or states, somebody is told, and when. `overflight alerts dry-run` says how often it would have fired.",
    ),
}
"""Each table: how it is written, and what it is."""

_NEEDS_PAGE = 'kind = "page"\nselector = "table.news tr"'
_SEARCH = 'kind = "search"\nservice = "google-news"\nlang = "pl"\nregion = "PL"\nquery = "balon"'
_ENVIRONMENT = "`${NAME}` is taken from the environment"

KEYS: dict[str, Key] = {
    "settings.interval": Key(
        "how often a feed without its own `every` is asked", 'interval = "30m"', "duration, `5m` to `30d`"
    ),
    "settings.concurrency": Key(
        "how many requests may be under way at once, over all servers; never more than one to one server",
        "concurrency = 16",
        "whole number, 1 to 256",
    ),
    "settings.deadline": Key(
        "how long one request may take in all, redirects included",
        'deadline = "20s"',
        "duration, `1s` to `5m`",
    ),
    "settings.max_size": Key(
        "largest answer taken, unpacked", 'max_size = "5MB"', "size, `1KB` to `100MB` (a KB is 1,024 bytes)"
    ),
    "settings.keep_dropped": Key(
        "how long the text of stories that are no incursions is kept",
        'keep_dropped = "14d"',
        "duration, `1d` to `3650d`",
    ),
    "settings.unresolved_after": Key(
        "without an outcome for so long, an incident counts as unresolved",
        'unresolved_after = "30d"',
        "duration, `1d` to `3650d`",
    ),
    "settings.quiet_hours": Key(
        "when no alert may ring, in your time zone; what waited then goes as one message",
        'quiet_hours = { start = "22:00", end = "07:00" }',
        "table of `start` and `end`, times of day",
        "never",
    ),
    "settings.proxy": Key(
        f"through which every request goes, with a login if need be; {_ENVIRONMENT}, and never a proxy unasked",
        'proxy = "http://me:${PROXY_PASSWORD}@proxy.example:3128"',
        "http or https address",
        "none",
    ),
    "settings.ca_file": Key(
        "certificates of authorities that are trusted beside the usual ones",
        'ca_file = "office.pem"',
        "path of a PEM file, from the folder of this one",
        "none",
    ),
    "settings.contact": Key(
        "a page or a mail address by which a publisher can reach you: sent with every request; please set it",
        'contact = "https://me.example/"',
        "",
        "none",
    ),
    "settings.time_zone": Key(
        "zone of the times on the screen, of quiet hours and of days",
        'time_zone = "Europe/Vilnius"',
        "name of a time zone",
    ),
    "settings.theme": Key(
        "colours of the dashboard",
        'theme = "paper"',
        "`night-watch`, `paper`, `high-contrast`, `ansi-dark` or `ansi-light`",
    ),
    "settings.ascii": Key("the dashboard draws with ASCII alone, as with `--ascii`", "ascii = true"),
    "settings.mouse": Key("`false`: the mouse stays the terminal's, as with `--no-mouse`", "mouse = false"),
    "settings.full_text": Key(
        "of which stories the whole text is fetched: of those you ask for (`F`), or of every one that is kept; as the site's robots.txt allows; needs the extra `fulltext`",
        'full_text = "kept"',
    ),
    "settings.terminal": Key(
        "a dashboard tells alerts through its terminal too, over ssh as well, once a minute at most; which sequence it knows is the terminal's to say",
        'terminal = "osc9"',
    ),
    "feed.name": Key("what a person calls it", 'name = "Example Daily"', "text of one line, 100 characters"),
    "feed.url": Key(
        "its address; also what the feed is known by, so that a changed address is a new feed",
        'url = "https://news.example/world.xml"',
        "http or https address",
        "needed, but for a search at a `service`",
    ),
    "feed.lang": Key("language of its text", 'lang = "zh-Hant"', "BCP 47 tag", "it mixes languages"),
    "feed.country": Key(
        'home country: what "our airspace" means there', 'country = "PL"', "ISO 3166-1 alpha-2", "it has none"
    ),
    "feed.publisher": Key(
        "who publishes it; feeds with one publisher count as one source",
        'publisher = "Example Group"',
        "",
        "its `name`; of a search, each item's own",
    ),
    "feed.kind": Key(
        "what kind of publisher; `search`: each item names its own; `page`: a web page without a feed",
        'kind = "defence"',
    ),
    "feed.every": Key(
        "its own interval",
        'every = "1h"',
        "duration, `5m` to `30d`",
        "that of `[settings]`; an hour for a search at a `service`",
    ),
    "feed.max_size": Key(
        "largest answer taken", 'max_size = "500KB"', "size, `1KB` to `100MB`", "that of `[settings]`"
    ),
    "feed.headers": Key(
        f"request headers beside ours; {_ENVIRONMENT}, `env:NAME` is the whole value. They go to the feed's own server alone, and stand in no message, log or database",
        'headers = { "X-Api-Key" = "${NEWS_KEY}" }',
        "table of text",
        "none",
    ),
    "feed.params": Key(
        "added to the query of its address when it is asked; as secret as `headers`",
        'params = { apikey = "${NEWS_KEY}" }',
        "table of text",
        "none",
    ),
    "feed.auth": Key(
        "a login; as secret as `headers`",
        'auth = { user = "me", password = "${NEWS_PASSWORD}" }',
        "table of `user` and `password`, or of `token`",
        "none",
    ),
    "feed.proxy": Key(
        'a proxy of its own; `"none"` for none',
        'proxy = "none"',
        "http or https address",
        "that of `[settings]`",
    ),
    "feed.ca_file": Key(
        "certificates of authorities that are trusted for its host",
        'ca_file = "office.pem"',
        "path of a PEM file",
        "the usual ones",
    ),
    "feed.selector": Key(
        "every item of a page, as a CSS selector",
        _NEEDS_PAGE,
        "CSS selector",
        'needed with `kind = "page"`, and only there',
    ),
    "feed.parts": Key(
        "where in an item of a page things stand: `title`, `link`, `date`, `summary`",
        f'{_NEEDS_PAGE}\nparts = {{ title = "a", date = "td.date" }}',
        "table of CSS selectors",
        "the words of its first link, that link, its `<time>`, all its words",
    ),
    "feed.service": Key(
        "a search whose address is made of the keys below", _SEARCH, "`google-news` or `gdelt`", "none"
    ),
    "feed.query": Key("what to look for, as the service writes it", _SEARCH, "text", "needed with `service`"),
    "feed.region": Key(
        "country of the edition of a search",
        _SEARCH,
        "ISO 3166-1 alpha-2",
        "needed with `google-news`, as `lang` is",
    ),
    "feed.source": Key(
        "name of a [plug-in](plugins.md) that brings it in place of the web; `params` are its options",
        'source = "tally"',
        default="the web",
    ),
    "feed.enabled": Key("`false`: kept in the list, never asked", "enabled = false"),
    "feed.allow_private": Key(
        "`true`: it may live on a private or loopback address, such as a server in your own network",
        "allow_private = true",
    ),
    "reading.war_routine": Key(
        "strikes between states at war: stored, and hidden or shown",
        'war_routine = "show"',
        "`hide` or `show`",
    ),
    "reading.rules": Key(
        "a file with more `[[term]]`, `[[mute]]`, `[[bias]]` and `[[place]]` tables",
        'rules = "rules.toml"',
        "path, from the folder of this file",
        "none",
    ),
    "term.name": Key("what `why` calls the rule", 'name = "cluster balloons"'),
    "term.concept": Key("one of those of the files in `tui/reading/lexicon`", 'concept = "o.balloon"'),
    "term.terms": Key("the words", 'terms = ["kontrabandinink* balion*"]', "list of terms"),
    "term.lang": Key(
        "the language they are of", 'lang = "lt"', "code of a language that is read", "every language"
    ),
    "mute.name": Key("what `why` calls the rule", 'name = "podcasts"'),
    "mute.terms": Key("the words", 'terms = ["podcast*"]', "list of terms"),
    "mute.lang": Key(
        "the language they are of", 'lang = "de"', "code of a language that is read", "every language"
    ),
    "mute.story": Key("`true`: a story with one of them is dropped", "story = true"),
    "bias.name": Key("what `why` calls the rule", 'name = "ministry first"'),
    "bias.feed": Key("name or address of a feed", 'feed = "Example News"'),
    "bias.add": Key(
        "what is added; a story is kept when its score is above the threshold",
        "add = 1.5",
        "number, -10 to 10, not 0",
    ),
    "place.name": Key("what `why` calls the rule", 'name = "Kvietkai depot"'),
    "place.words": Key(
        "its spellings; a `*` at the end of one",
        'words = ["Kvietkai*", "Kvetkai"]',
        "list of terms",
        "the `name`; none where `country` alone is told",
    ),
    "place.country": Key(
        "the state it is in; alone: the whole state is watched",
        'country = "LT"',
        "ISO 3166-1 alpha-2",
        "none",
    ),
    "place.lat": Key("its latitude, with `lon`", "lat = 55.1\nlon = 24.2", "degrees, -90 to 90", "none"),
    "place.lon": Key("its longitude, with `lat`", "lat = 55.1\nlon = 24.2", "degrees, -180 to 180", "none"),
    "place.within": Key(
        "in which any known place counts as this one",
        "lat = 55.1\nlon = 24.2\nwithin = 30",
        "kilometres, 0 to 1000",
    ),
    "place.add": Key("added to the score of a story that names it", "add = 0.5", "number, -10 to 10"),
    "channel.name": Key("what rules call it", 'name = "duty"'),
    "channel.kind": Key(
        "how it tells; `apprise` needs the extra `notify`",
        'kind = "command"\ncommand = ["beep"]',
        "`webhook`, `command`, `desktop`, `apprise` or `plugin`",
    ),
    "channel.url": Key(
        f"of a webhook: gets a POST of JSON; of `apprise`: as Apprise writes addresses; {_ENVIRONMENT}",
        'kind = "webhook"\nurl = "https://hooks.example/${HOOK}"',
        "http or https address",
        "needed with `webhook` and `apprise`",
    ),
    "channel.secret": Key(
        "signs what a webhook is sent, as standardwebhooks.com has it",
        'kind = "webhook"\nurl = "https://hooks.example/x"\nsecret = "${HOOK_SECRET}"',
        "text",
        "unsigned",
    ),
    "channel.command": Key(
        "a program and its words: no shell; JSON on standard input, 10 s",
        'kind = "command"\ncommand = ["/usr/local/bin/lamp", "--red"]',
        "list of text",
        "needed with `command`",
    ),
    "channel.plugin": Key(
        "a package of yours, by the name of its entry point in `overflight.channels`",
        'kind = "plugin"\nplugin = "lamp"',
        "text",
        "needed with `plugin`",
    ),
    "channel.options": Key(
        f"what a plug-in is given; {_ENVIRONMENT}",
        'kind = "plugin"\nplugin = "lamp"\noptions = { colour = "red", key = "${LAMP_KEY}" }',
        "table of text",
        "none",
    ),
    "channel.digest": Key(
        "what was raised in an hour or a day is one message",
        'digest = "hourly"',
        "`none`, `hourly` or `daily`",
    ),
    "channel.always": Key("`true`: in quiet hours too", "always = true"),
    "alert.name": Key("what the log and the screen call it", 'name = "Baltic, told by two"'),
    "alert.query": Key(
        "of which incidents, as `overflight query` takes it",
        'query = "country:LT,LV,EE publishers:>=2"',
        "query",
        "every incident",
    ),
    "alert.on": Key(
        "what must happen to an incident (`new`, `certainty_up`, `response_escalates`, `count_revised`, `outcome_set`) or to the states that the query names by "
        "`country:` (`state_unusual`, `state_blind`)",
        'on = ["new", "response_escalates"]',
        "list of what can happen",
    ),
    "alert.channels": Key(
        "names of channels",
        'channels = ["duty"]',
        "list of names",
        "the dashboards and `overflight alerts log` alone",
    ),
    "alert.cooldown": Key(
        "between two alerts on one incident; what happens meanwhile is told as one after it",
        'cooldown = "3h"',
        "duration, `0s` to `30d`",
    ),
    "alert.budget": Key(
        "alerts a day; what is over is counted the next day", "budget = 5", "whole number, 1 to 1000"
    ),
    "alert.enabled": Key("`false`: kept, never evaluated", "enabled = false"),
}
"""By table and key, in the order of the page's own tables."""

KEPT: dict[str, str] = {
    "feed": 'name = "Example News"\nurl = "https://news.example/rss"',
    "term": 'name = "mine"\nconcept = "o.light"\nterms = ["balion*"]',
    "mute": 'name = "mine"\nterms = ["weather"]',
    "bias": 'name = "mine"\nfeed = "https://somebody.example/rss"\nadd = 1.0',
    "place": 'name = "Kvietkai"',
    "channel": 'name = "mine"\nkind = "desktop"',
    "alert": 'name = "all"',
}
"""The least that makes a table of each kind."""
