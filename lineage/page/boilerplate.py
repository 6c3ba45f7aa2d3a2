"""Tell the boilerplate of a web page from the story, by the form of a line.

The words here are those that pages of all publishers use for their buttons, lists and
notices; no publisher's own slogans.
"""

from __future__ import annotations

import re

from ..text.languages import word_lists

# A paragraph of a story: this many words and a full stop, or so many words that the stop
# does not matter.
MIN_PROSE_WORDS, _MIN_UNMARKED_PROSE_WORDS = 12, 25

# Buttons and labels that stand in the middle of stories too, and are never a heading.
_BUTTON = re.compile(
    r"\W*(?:advertisements?|sponsored(?: content)?|promoted(?: stories)?|loading|close|"
    r"(?:this|the) article is (?:more than )?\d+ \w+ old|"
    r"(?:share|save|gift) (?:full|this) (?:article|story)|after newsletter promotion|supported by|"
    r"reuse this content|ad feedback|skip ad(?:vertisement)?|"
    r"listen to this (?:article|story)\W+\d.{0,30}|"
    r"save(?: (?:article|story|for later|this))?|bookmark|gift (?:this )?(?:article|story)?|"
    r"listen(?: to (?:this |the )?(?:article|story))?|copy link|link copied!?|text size|"
    r"(?:add|remove) (?:to|from) (?:saved|reading list|favourites)|print this (?:page|article)|"
    r"(?:read|see|show|view|load) more|must watch|print|e-?mail|share|tweet|"
    r"(?:facebook|twitter|whatsapp|pinterest|linkedin|google|e-?mail|tweet|connect|comment|"
    r"more|print|share|sms|copy link|\s|[|+·•])+(?:\s\d+)?|"
    r"(?:story|article) continues below(?: advertisement| this ad)?|story continued below|"
    r"continue reading(?: the main story)?|share (?:this|story|article|on other platforms|to)\b"
    r"(?: story| article| page| post)?|(?:previous|next) (?:story|article|post|page)|"
    r"back to (?:top|gallery|home)|skip to \w+(?: \w+)?|image \d+ ?of ?/? ?\d+|\d+ ?/ ?\d+|"
    r"\d* ?shares?|\d+ min(?:ute)?s? read|cancel|posted!?|prev(?:ious)?|next|play|"
    r"notes? (?:to|for) (?:the )?editors?|(?:press release )?ends|"
    r"(?:for )?immediate release|(?:press|media|news) release|"
    r"(?:suggest|report|request|submit) an? (?:correction|error|typo|mistake)|"
    r"hide caption|toggle caption|a a|listen\W*\d+:\d+|follow @\w+|"
    rf"{word_lists.of_pages('buttons')})\W*",
    re.IGNORECASE,
)
# Labels over a list of links; the lines below them are the links.
_LIST_LABEL = re.compile(
    r"\W*(?:related(?: content| stories| articles| topics| news| posts| links| coverage)?|"
    r"recommended(?: for you| stories| reading)?|"
    r"trending(?: now| stories| news| topics| in [\w ]{2,20})?|"
    r"(?:most|more) (?:read|popular|viewed|commented|shared|stories|news)\b[\w &]{0,30}|"
    r"more (?:from|in) [\w ’']{2,30}|top stories|latest (?:news|stories|headlines)|"
    r"editor[’']?s[’']? picks?|you (?:may|might) also (?:like|be interested in)|"
    r"(?:explore )?more on (?:these|this) (?:topics?|story|stories|subject)|related (?:topics|"
    r"internet links|to this story)|see (?:more on|all topics)\b.{0,40}|"
    r"(?:people|others|readers) (?:are |have |who read this )?(?:also )?(?:reading|read|liked|"
    r"viewed)|around the web|from our partners|"
    r"(?:don[’']t miss|what to read next|popular now|in case you missed it)|"
    rf"{word_lists.of_pages('list_labels')})\W*",
    re.IGNORECASE,
)
# Names of parts of a site; a document about such things has them as headings.
_SECTION = re.compile(
    r"(?:breaking(?: news)?|latest(?: news)?|live|home|menu|search|news|sports?|politics|opinion|"
    r"business|money|world|national|local|sign (?:in|up)|log ?(?:in|out)|subscribe(?: now)?|"
    r"newsletters?|contact(?: us)?|about(?: us)?|terms(?: of (?:use|service))?|"
    r"privacy(?: policy)?|cookies?(?: policy| settings| preferences)?|"
    r"accessibility(?: links| help)?|"
    r"comments?(?: \(\d+\))?|\d+ comments?|watch(?: live)?|listen(?: live)?|live stream|edition|"
    r"tags?|donate|register|advertise(?: with us)?|obituaries|"
    r"(?:issue|vol(?:ume)?\.?)\s+\d+(?:,?\s+(?:issue|no\.?)\s*\d+)?|"
    r"reading time:? \d+ min(?:ute)?s?|exclusive|"
    r"[\w ]{2,20} newsletter|join the conversation|"
    rf"{word_lists.of_pages('sections')})\W*",
    re.IGNORECASE,
)
# How lines begin that ask the reader for something.
_APPEAL = re.compile(
    r"\W{0,60}(?:subscribe\b|sign(?:ed)? (?:up|in)\b|log ?in\b|register (?:now|for|to)\b|"
    r"join (?:us|our|now|the (?:conversation|discussion|nation)|[\d,]{1,60})\b|"
    r"share (?:this|on|your|via|with|:)|share\s{0,60}:|follow (?:us|@|\w{1,60} on|"
    r"the [\w ]{2,30} (?:for|on))\b|"
    r"like us\b|liked this\b|(?:click|tap) here\b|read (?:more|also|next|or share)\b|"
    r"related\s{0,60}:|lesen sie (?:auch|mehr|hier)\b|mehr zum thema\b|(?:à )?(?:lire"
    r"|voir) aussi\b|"
    r"(?:see|read|watch|listen) also\b|also (?:read|see|watch)\s{0,60}[:|]|be the first to know\b|"
    r"more (?:from|in|on|stories) [^.]{2,40}[:|]|get (?:the|today|our|your|"
    r"breaking|\w{1,60} )"
    r"[^.]{0,80}\b(?:inbox|newsletters?|app|e-?mail|headlines|alerts)\b|"
    r"enjoy(?:ing|ed)\b[^.]{0,40}\?|"
    r"support (?:local|independent|our|quality)\b|donate\b|tags?\s{0,60}:|filed under\b|"
    r"categor(?:y|ies)\s{0,60}[/:|]|topics?\s{0,60}:|download (?:the|our)\b|"
    r"(?:we|this (?:web)?site) uses? cookies|"
    r"we are updating our\b|we[’']ve updated our\b|updates? to our\b|by (?:using|continuing)\b|"
    r"please (?:carefully )?(?:review|enable|sign|log)\b|to (?:find out more|subscribe|comment)\b|"
    r"(?:have|got) an? (?:\w{1,60} )?(?:opinion|tip|story|question)\b[^.]{0,30}\?|have your say|"
    r"(?:ring|call|e-?mail|contact|reach|write to) (?:us|our|the [\w ]{2,30}(?:newsroom|"
    r"newsdesk))\b|"
    r"(?:did|do) you (?:see|use|know|have|work|live)\b[^.?]{0,60}\?\W{0,60}(?:ring|call|e-?mail|"
    r"contact|write)|"
    r"(?:(?:press|media|news) (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|quer(?:y|ies)|office)|"
    r"contacts? for (?:the )?(?:press|media|journalists|editors)|"
    r"notes? (?:to|for) (?:the )?editors?)\s{0,60}[:|]|"
    r"comments (?:on this|are)\b|watch (?:tv|more|the full|the video|:)|"
    r"check out (?:more|our)\b|on air(?: now)?\b|listen (?:live|again|to)\b|back issues\b|"
    r"print subscriptions?\b|home delivery\b|advertise with\b|all rights reserved|"
    r"this material may not\b|(?:a|this) post shared by\b|"
    r"thank(?:s| you) for (?:reading|subscribing|signing)|unlimited (?:digital )?access\b|"
    r"more follows\b|"
    r"an error occurred|"
    r"(?:you have|\d{1,60}) (?:free )?articles? (?:left|remaining)|most (?:read|popular)\b|"
    r"back to \w{1,60}\b|become an? \w{1,60}|support us\b|watch live\b|"
    rf"{word_lists.of_pages('appeals')})",
    re.IGNORECASE,
)
# Words of such lines, wherever in it they stand.
_PAGE_WORD = re.compile(
    r"\b(?:newsletters?|inbox|subscri(?:be|bers?|ptions?)|"
    r"cookies? (?:policy|settings|notice|preferences|to)|sign up (?:for|to|here)|"
    r"terms of (?:use|service)|"
    r"privacy (?:policy|notice)|unsubscribe|logged in|newsdesk|become an? [\w ]{0,30}"
    r"(?:member|subscriber|supporter)s?|push notifications|(?:desktop|mobile) notifications|"
    r"news alerts|external (?:web)?sites|registered office|e-edition|"
    r"all rights reserved|classifieds|make your gift|"
    r"follow (?:him|her|them) on)\b",
    re.IGNORECASE,
)
_MAX_APPEAL_WORDS, _MAX_PAGE_WORD_WORDS = 45, 30

# What follows counts only under the story, where nothing but boilerplate comes after it.
_MAX_CLOSING_WORDS = 25
_TEASER = re.compile(
    r"(?:also (?:today|tonight|inside|this week|in (?:this|the) [\w ]{3,20}|on [\w ]{3,20})|"
    r"elsewhere(?: today| in (?:this|the) [\w ]{3,20}| on [\w ]{3,20})?|"
    r"coming (?:up|next|soon|tomorrow|on \w+day)(?: [\w ]{3,20})?|"
    r"inside (?:today|this week|this [\w ]{3,20})|"
    r"(?:more on this|read on|read next|read also|next (?:story|article|up))|"
    r"in other news|on other pages|"
    r"in (?:tomorrow|today|the weekend|next week|this week)[’']s (?:paper|issue|edition|bulletin|"
    r"programme|newsletter|magazine))\s*:\s",
    re.IGNORECASE,
)
_ASKED = (
    r"(?:add|advertise|become|book|buy|call|check|choose|come|contact|discover|donate|download|"
    r"drop|e-?mail|enjoy|enter|find|follow|get|give|have|help|hear|join|keep|let|listen|make|meet|"
    r"message|order|phone|pick up|play|post|read|receive|register|reserve|ring|save|see|send|"
    r"share|shop|sign|start|stay|stop|submit|support|take|tell|text|try|visit|vote|watch|win|"
    r"write)"
)
_REQUEST = re.compile(
    r"(?:(?P<question>[^.?!]{3,80}\?\s+)|if you\b[^,.?!]{3,60},\s+|"
    r"for (?:more|further) [\w ]{3,40}?,?\s+)?"
    rf"(?:please\s+)?{_ASKED}\b",
    re.IGNORECASE,
)
_READER = re.compile(r"\b(?:you|your|yours)\b|\byou[’'](?:re|ve|ll|d)\b", re.IGNORECASE)
# Not the country.
_OURS = re.compile(r"\b(?:[Oo]ur|us)\b")
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60})+")
_ADDRESS = re.compile(
    rf"{_MAIL.pattern}|\bwww\.\w|https?://|(?<!\w)(?:\+\d|0)\d[\d ()-]{{6,}}\d|"
    r"(?<![\w-])(?:\(?\d{3}\)?[ .-])?\d{3}[.-]\d{4}(?![\w-])",
    re.IGNORECASE,
)
# What the law and the post want at the foot of a page, and how the paper explains itself.
_IMPRINT = re.compile(
    r"(?:(?:published|printed|produced) (?:by|in|on) .{3,}|registered (?:in|charity|company|number|"
    r"address)\b.*\d.*|(?:company|charity|vat) (?:no|number|reg)\b.*\d.*|issn:? [\dX-]+|"
    r"(?:tel|fax|telephone|phone)\b[.:]* [\d ()+-]{6,}|(?:why|how) (?:you can|we)\b[^.?!]{3,60}|"
    r"all times (?:are )?(?:local|[a-z]{3})|more on (?:this|the) (?:story|topic|subject))",
    re.IGNORECASE,
)
_MAX_IMPRINT_WORDS = 14
_US = re.compile(
    r"(?:tell us (?:what|how|if|whether|about|your|where|when)|write to us|let us know|"
    r"send us (?:an?|any|your|e-?mail|news|pictures|photos|tips)|support us|join us|"
    r"find out (?:how to|more|about)|get in touch)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?:(?:is|are) (?:(?:an?|the) )?(?:[\w-]+ )?(?:part of|owned by|run by|published|produced by|"
    r"printed|funded by|edited (?:by|in)|brought to you|(?:trading name|member|division|"
    r"subsidiary|brand|publication|imprint) of)|belongs? to)\b",
    re.IGNORECASE,
)
# What a page says of itself, and letters that it hopes for.
_THIS_PAGE = r"this (?:page|article|story|live blog|blog|explainer|timeline|ticker)"
_FOR_MORE = r"for (?:more(?! than\b)|updates|news|the latest)"
_NOTICE = re.compile(
    rf"(?:{_THIS_PAGE} (?:will be|is being|will continue to be) (?:\w+ly )?updated\b|"
    r"this story is (?:still )?developing\b(?! (?:into|an?|the)\b)|"
    r"this is an? (?:\w+ )?(?:developing|breaking)(?: news)? story\b|"
    rf"we(?: will|[’']ll| are)? (?:keep |go on )?updat(?:e|ing) {_THIS_PAGE}\b|"
    rf"(?:please )?(?:check|come|look) back (?:\w+ )?{_FOR_MORE}\b|stay tuned\b|"
    rf"stay with [^.?!]{{2,40}} (?:{_FOR_MORE}|on ?air|online|as (?:this|the) story)\b)",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"(?:we (?:always )?welcome )?(?:readers[’'] )?(?:letters|e-?mails|comments|corrections|"
    r"contributions)\b(?P<whose> (?:to (?:the|our) (?:editors?|newsroom|newsdesk|paper)|"
    r"from (?:our )?readers|for publication)\b)?",
    re.IGNORECASE,
)
_WELCOME = re.compile(
    r"\bwelcome\b|\b(?:should|must|may|can) be (?:sent|kept|brief|short|signed|addressed|"
    r"e-?mailed|no longer)\b",
    re.IGNORECASE,
)
# "..., the ministry said of its list": somebody's words, and no longer the paper's.
_SAYS = re.compile(r"\b(?:said|says|told|added|wrote|announced)\b", re.IGNORECASE)
# "Halvane Daily comes to your door": what the paper does for the reader, not what it says.
_DOES = re.compile(
    r"(?!(?:was|says|believes|hopes|regrets|reports|thinks|apologi[sz]es|knows|promises|wants|"
    r"asks|warns|urges)\b)\w+s\b"
)

# "left" and "right" of people, or the year at the end: what is said of a picture.
_CAPTION_FORM = re.compile(
    r"\b(?:left|right|cent(?:er|re)|second from)\b\s*[,)]|\b(?:pictured|file photo)\b|"
    r"\b(?:19|20)\d\d\.?\s*(?:\(.*\))?$",
    re.IGNORECASE,
)

_SAID_IN_QUOTES = re.compile(r"\s*[\"“«„][^\"“”«»]+[\"”»]\s*(?:[a-zà-þ]|[A-Z][\w.’'-]+ ).*")
_QUOTED = re.compile('["“”«»]')

_CODE = re.compile(
    r"window\.|function\s*\(|\bvar \w+\s*=|document\.|\.push\(|=>|^\W*\{\s*[\"']\w+[\"']\s*:"
)
_CODE_CHARS = frozenset("{};=<>\\_")
_MIN_CODE_SHARE, _MIN_CODE_CHARS = 0.05, 4

_TABLE_ROW = re.compile(r"\s*\|[^|]*\|(?:[^|]*\|)+\s*")
_BARS = re.compile(r"\s[|/>»•·]\s|\s{2,}")
_BULLET = re.compile(r"\s*(?:[-*+•‣▪·#>]+\s|#|\d{1,3}[.)]\s|[a-z][.)]\s)")
# German and Danish words end with marks that open them in English: „Nein.“, »Nej.«
# Behind it the mark of an agency may stand: "Nobody was hurt. (AP)", "(ANSA/AFP)".
_END_MARK = re.compile(
    r"[.!?:;…。！？][\"'”’»“‘«)\]*_\s]*$|[.!?…][\"'”’»“‘«]*\s\(\s?(?:[A-Z]{2,6}|[a-zäöü]{2,6}|"
    r"Reuters|(?<=[.…»\"“”] \()[A-Z][a-z]{3,9})(?:[/,+-]\s?\w{2,9}){0,3}\s?\)\s?\.?\s*$"
)
_MAX_LINK_WORDS = 4
# An item of so many words with a capital and a full stop is a sentence of the story.
_TOLD_BULLET = re.compile(r"\s*(?:[•‣▪·]\s*|[-*+]\s+|\d{1,3}[.)]\s+)(?=[\"'“‘(£$€]?[A-Z\d])")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_MIN_TOLD_WORDS = 5


def is_button(line: str) -> bool:
    """Say whether a line is a button or a label that can stand inside a story."""
    return _BUTTON.fullmatch(line) is not None or is_debris(line)


def is_list_label(line: str) -> bool:
    """Say whether a line announces a list of links."""
    return _LIST_LABEL.fullmatch(line) is not None


def is_section(line: str) -> bool:
    """Say whether a line names a part of a site."""
    return _SECTION.fullmatch(line) is not None


def is_appeal(line: str) -> bool:
    """Say whether a line asks the reader to subscribe, share, look elsewhere."""
    if _SAID_IN_QUOTES.match(line) is not None:
        return False
    if begins_appeal(line):
        return True
    n_words = len(line.split())
    return n_words <= _MAX_PAGE_WORD_WORDS and _PAGE_WORD.search(line) is not None


def begins_appeal(line: str) -> bool:
    """Say whether a line begins as a request to the reader does."""
    return len(line.split()) <= _MAX_APPEAL_WORDS and _APPEAL.match(line) is not None


def is_closing(line: str) -> bool:
    """Say whether the last line of a page asks the reader for something or offers more.

    Parameters
    ----------
    line : str
        A line below the story with nothing but boilerplate under it.

    Returns
    -------
    bool
        A sentence with a full stop must speak for the paper (tell us, write to us) or of
        the page (this page will be updated).
    """
    if len(line.split()) > _MAX_CLOSING_WORDS or is_listed(line) or _QUOTED.search(line):
        return False
    ends = has_end_mark(line)
    is_imprint = _IMPRINT.fullmatch(line) is not None or _MAIL.search(line) is not None
    if is_imprint and not ends and len(line.split()) <= _MAX_IMPRINT_WORDS:
        return True
    if _TEASER.match(line) is not None:
        return not ends
    if _is_notice(line):
        return True
    request = _REQUEST.match(line)
    if request is None:
        return False
    asks = request["question"] is not None
    if _US.match(line, request.end("question") if asks else 0) is not None:
        return True
    has_address = _ADDRESS.search(line) is not None
    if ends:
        return asks and has_address
    return has_address or _READER.search(line) is not None or _OURS.search(line) is not None


def _is_notice(line: str) -> bool:
    if _SAYS.search(line) is not None:
        return False
    letters = _LETTERS.match(line)
    if letters is not None and _WELCOME.search(line) is not None:
        return letters["whose"] is not None or _ADDRESS.search(line) is not None
    return _NOTICE.match(line) is not None


def is_of_outlet(line: str, name: str) -> bool:
    """Say whether the last line of a page tells of the outlet: whose it is, what it brings you.

    Parameters
    ----------
    line : str
        A line below the story with nothing but boilerplate under it.
    name : str
        Name of the outlet, as given or from the top of the page.

    Returns
    -------
    bool
    """
    bare = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)
    if bare == "" or len(line.split()) > _MAX_CLOSING_WORDS or _QUOTED.search(line):
        return False
    # "The Lantern" is short for the Halvane Lantern; "the lantern" is one to read by.
    last = bare.split()[-1]
    short = rf"|(?-i:The\s+{re.escape(last[:1].upper() + last[1:].lower())})"
    form = (
        rf"(?:the\s+)?(?:{re.escape(bare)}{short if last != bare else ''})(?P<stop>\s*[:,|–—-])?\s+"
    )
    named = re.match(form, line, re.IGNORECASE)
    if named is None:
        return False
    if named["stop"] is not None:
        return _READER.search(line) is not None and not has_end_mark(line)
    if _OWNED.match(line, named.end()) is not None:
        return True
    return _DOES.match(line, named.end()) is not None and _READER.search(line) is not None


def is_strong_appeal(line: str) -> bool:
    """Say whether a line both begins as an appeal does and has the words of one."""
    return begins_appeal(line) and _PAGE_WORD.search(line) is not None


def is_caption_form(line: str) -> bool:
    """Say whether a sentence speaks of people in a picture."""
    return _CAPTION_FORM.search(line) is not None


def is_debris(line: str) -> bool:
    """Say whether a line is left-over program text."""
    if _CODE.search(line) is None:
        return False
    n_code = sum(char in _CODE_CHARS for char in line)
    return n_code >= _MIN_CODE_CHARS and n_code >= _MIN_CODE_SHARE * len(line)


def is_navigation(line: str) -> bool:
    """Say whether a line is a row of links: short names with bars or gaps between them."""
    if _END_MARK.search(line) is not None or is_listed(line) or is_table_row(line):
        return False
    links = [link for link in _BARS.split(line.strip()) if link.strip()]
    return len(links) >= 2 and all(len(link.split()) <= _MAX_LINK_WORDS for link in links)


def is_table_row(line: str) -> bool:
    """Say whether a line is a row of a table, as texts made from pages have them."""
    return _TABLE_ROW.fullmatch(line) is not None


def is_masthead(line: str, outlet: str) -> bool:
    """Say whether a line is the name of the outlet, or one name twice."""
    words = re.findall(r"\w+", line.lower())
    half = len(words) // 2
    return (half > 0 and words[:half] == words[half:]) or is_name_of(line, outlet)


def is_name_of(line: str, outlet: str) -> bool:
    """Say whether a line is the name of the outlet and nothing else."""
    words = re.findall(r"\w+", line.lower())
    name = re.findall(r"\w+", re.sub(r"\.(?:com|org|net|co|uk|news)\b|/.*", " ", outlet.lower()))
    bare = [word for word in words if word != "the"]
    return len(bare) > 0 and "".join(bare) == "".join(word for word in name if word != "the")


def is_paragraph(line: str) -> bool:
    """Say whether a line has the form of a paragraph of a story: long, with a full stop."""
    fewest = MIN_PROSE_WORDS if has_end_mark(line) else _MIN_UNMARKED_PROSE_WORDS
    return len(line.split()) >= fewest


def is_listed(line: str) -> bool:
    """Say whether a line is an item of a list or a marked heading."""
    return _BULLET.match(line) is not None


def is_told(line: str) -> bool:
    """Say whether an item of a list is a whole sentence: part of a story told in bullets."""
    bullet = _TOLD_BULLET.match(line)
    if bullet is None or _SENTENCE_END.search(line) is None:
        return False
    return len(line[bullet.end() :].split()) >= _MIN_TOLD_WORDS


def has_end_mark(line: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return _END_MARK.search(line) is not None
