"""Tell what a page says to its reader from the story: consent, subscriptions, comments."""

from __future__ import annotations

import re

from ..text.languages import word_lists

# Somebody's words or a report about such things, not the page speaking to its reader.
_REPORTED = re.compile(
    r"[\"“”«»„]|\b(?:said|says|told|added|wrote|announced|argued|according to|sagte|erklärte|"
    r"selon|a déclaré)\b",
    re.IGNORECASE,
)
_MAX_NOTICE_WORDS = 90

_PARTNERS = r"(?:our|its|\d+|third[- ]party|selected|trusted|unsere[nr]?|nos)"
_PRICE = r"(?:[£$€]\s?\d|\b\d+ ?(?:[£$€p]|crowns?|cents?|euros?|pence|kr)\b)"
# The page speaks of itself: nobody else would.
_PLAIN = re.compile(
    r"\bsee our privacy (?:policy|notice)|^\W*privacy notice\b|\bprotected by recaptcha|"
    r"is not responsible for the content of external|"
    r"^\W*(?:members only\W+)?(?:do not|not for) (?:redistribut\w+|re-?publi\w+|"
    r"resale)\b[^.]{0,40}\.?$|"
    r"^\W*members only\W*$|"
    r"if you (?:see|find|notice|spot) an? (?:mistake|error|typo)\b|"
    r"\b(?:seen|spotted|found|noticed|see|notice|spot) an? (?:mistake|error|typo)\b[^.?!]{0,40}\?|"
    r"^\W*we correct (?:what|our|errors|mistakes|all)\b|\bfehler (?:gefunden|entdeckt)\s*\?|"
    r"^\W*(?:(?:these|this|our|[A-Z]{2,5}) )?transcripts? (?:is|are) (?:\w+ )?(?:made|created|"
    r"generated|produced)\b[^.?!]*\b(?:software|computers?|machines?|ai|contractors?|deadline|"
    r"speech)\b|\bauthoritative record of\b[^.?!]*\baudio\b|"
    r"^\W*(?:did you )?(?:like|enjoy|love)d? (?:this|what you|our) (?:\w+ )?(?:story|article|post|"
    r"read|piece|reporting)\b[^.?!]{0,30}\?|"
    r"\ban dieser stelle (?:finden sie|steht|befindet sich) ein\w*\b[^.]*\binhalt|"
    r"^\W*support the (?:reporters|journalists|people|newsroom|team) (?:who|that|behind)\b|"
    r"\bwe (?:value|respect|"
    r"care about) your privacy|\byour privacy (?:matters|choices|"
    r"is important|"
    r"settings)|\b(?:we|this (?:web)?site|our (?:web)?sites?|"
    r"and our [^.]{0,40}partners)\b[^.]{0,60}"
    r"\b(?:uses?|stores?|sets?|places?|rely on|needs?)\b[^.]{0,80}\b(?:cookies?|trackers?|tracking "
    r"technolog\w+|information on (?:a|your) device)|"
    r"\balready (?:an? )?(?:\w+ )?(?:subscriber|member|subscribed|registered)\s*\?|"
    r"\bnot (?:yet )?an? (?:subscriber|member)( yet)?\s*\?|"
    r"\bthis (?:article|story|content|page|text|feature|column|report) (?:is|are) (?:only |"
    r"exclusively )?(?:for|available (?:only )?(?:to|for)|reserved for|exclusive to|open to|"
    r"visible "
    r"to|free for|free to) (?:our |paying |registered |digital |premium |all )*(?:subscribers?|"
    r"members?|readers with)|"
    r"\byou(?: have|[’']ve) (?:reached|read|used|hit|come to)\b.{0,40}\b(?:limit|articles?|stories|"
    r"views)\b|"
    r"\b(?:diese (?:web)?seite|wir)\b[^.]{0,60}\bcookies\b|\bwir und unsere\b[^.]{0,20}partner|"
    r"\bnous (?:et nos|utilisons)\b[^.]{0,60}\b(?:partenaires|cookies)|"
    r"jetzt (?:abonnieren|weiterlesen|testen|registrieren)|weiterlesen mit|bereits abonnent|"
    r"article (?:est )?réservé aux abonnés|il vous reste \d|déjà abonné|abonnez-vous",
    re.IGNORECASE,
)
# Of a story as well as of a page, unless the reader is spoken to.
_ADDRESSED = re.compile(
    rf"\b{_PARTNERS} (?:\w+ )?partners?\b|\bconsent\b|\b(?:accept|allow|refuse|use|uses|manage|"
    rf"reject|disable|block|"
    r"set|read|about) (?:\w+ )?(?:cookies|trackers)\b|\bcookies? (?:policy|settings|notice|"
    r"preferences|choices)\b|\bpersonal data\b|"
    r"\b(?:personali[sz]ed|relevant) (?:ads|advertising|advertisements|content)\b|"
    r"\bbrowsing data\b|\blegitimate interest|"
    rf"\b(?:subscri\w+|membership|trial|offer)\b.{{0,60}}(?:{_PRICE}|\bfree\b)|"
    rf"{_PRICE}.{{0,60}}\b(?:cancel|subscri\w+|trial|offer|first month)\b|"
    rf"\bcancel (?:at )?any ?time|"
    r"\bsupport (?:our|independent|local|quality) (?:journalism|reporting|news(?:paper|room)?)|"
    r"\b(?:our|this) (?:journalism|newsroom|reporting) (?:depends|relies|is funded|is supported)|"
    r"\byour (?:subscription|membership|support|donation|contribution) (?:helps|keeps|makes|lets|"
    r"gives|pays)|\b(?:continue|go on|keep|finish|carry on) reading\b|\bhave an account\b",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
# A request, at the beginning of a sentence.
_READ_ON = r"(?:continue|read|keep|unlock|go on|access|view|see|finish|enjoy|get|support)"
_REQUEST = re.compile(
    r"(?:^|[.!?]\s{1,60}|\bplease )\W{0,60}(?:"
    r"(?:subscribe|register|sign (?:up|in)|log ?in|join|create an? (?:\w{1,60} )?account)\b"
    r"(?: now| "
    rf"today| here| free| for free| or \w{{1,60}}(?: \w{{1,60}})?)*,? (?:to|and) {_READ_ON}\b|"
    r"(?:to )?(?:continue|go on|keep|finish|carry on) reading\b(?=\W{0,60}$|,| with| for| this"
    r"| the)|"
    rf"(?:read on|get|try|subscribe|only|just|from|start|"
    rf"join)\b.{{0,40}}{_PRICE}.{{0,40}}\b(?:month|"
    r"week|year|day|weeks|months|issue)\b|"
    r"(?:get |enjoy )?(?:unlimited|full|complete) (?:digital |online )?(?:access|articles)\b|"
    r"start (?:your|a) (?:free )?(?:trial|subscription|membership)|cancel (?:at )?any ?time|"
    r"support (?:our|independent|local|quality) (?:journalism|reporting|news(?:paper|room)?)|"
    r"(?:choose|see|view|compare) (?:your|our|all) (?:plans?|subscriptions?|offers?)|"
    r"(?:accept|reject|allow|refuse|decline) (?:all|our|optional|analytics|non-essential)"
    r"(?: (?:optional|non-essential))? cookies|by (?:continuing|clicking|"
    r"using)\b[^.]{0,60}\b(?:you|"
    r"our|this (?:web)?site)\b[^.]{0,60}\b(?:agree|accept|consent|terms|cookies)|"
    r"(?:for |our )?(?:paying )?(?:subscribers?|members?|premium)[- ](?:only|exclusive)\W{0,60}$|"
    r"for (?:our )?(?:subscribers|members) only\W{0,60}$|"
    r"(?:\d{1,60}|no) (?:free )?(?:articles?|stories) (?:left|remaining)\b|"
    r"(?:strictly necessary|functional|targeting|performance|analytics|essential) cookies"
    r"\W{0,60}$)",
    re.IGNORECASE,
)
_CONSENT_BUTTON = re.compile(
    r"\W*(?:accept(?: and (?:continue|close|go on)| all(?: cookies)?| cookies)?|agree(?: and "
    r"(?:continue|close))?|i (?:agree|accept)|reject(?: all(?: cookies)?)?|decline(?: all)?|"
    r"refuse(?: all)?|allow (?:all|selection)|got it|ok(?:ay)?|no,? thanks|not now|maybe later|"
    r"remind me later|"
    r"(?:more|manage|cookie|show|see|privacy|see our) (?:options|choices|preferences|settings|"
    r"cookies|purposes|details|information|partners)|learn more|save (?:and|&) (?:exit|close)|"
    r"necessary(?: cookies)? only|only necessary|dismiss|customi[sz]e|"
    r"(?:alle )?akzeptieren|ablehnen|zustimmen|einstellungen|tout (?:accepter|refuser)|"
    r"accepter|refuser|personnaliser)\W*",
    re.IGNORECASE,
)

_NEWS_BY_MAIL = re.compile(
    r"\W*(?:newsletter|podcast|alerts?|app|whatsapp)\s*[:–—|-]\s*\S.{5,120}|"
    r"\W*(?:follow|see|read|find|get) (?:all (?:of )?)?(?:more )?(?:[A-Z]\w+[’']s? |our |"
    r"the latest )"
    r".{0,80}(?:https?://\S+|www\.\S+|\bhere\b)\W*",
)
_MAX_SOCIAL_WORDS = 20
_FILED = re.compile(
    r"\W*(?:tags?|topics?|filed (?:under|in)|categor(?:y|ies)|keywords?|more about|posted in|"
    r"themen|schlagw[oö]rter|mots-clés|sujets|section)\s*[:|/]\s*\S.{0,140}",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    r"\W{0,60}(?:contacts?\s{0,60}:\s{0,60}[^?!]{3,140}|[\w.+-]{1,60}@[\w-]{1,60}(?:"
    r"\.[\w-]{1,60})+|"
    r"(?:printed|downloaded|saved|retrieved|copied) (?:from|on|at|by)\b.{3,100}|"
    r"(?:url|link|source url|permalink|web|short ?link|article url)\s{0,60}:\s{0,60}(?:https?://"
    r"|www\.)?\S{1,99}|"
    r"https?://\S{1,99}|(?:page|seite) \d{1,60} (?:of|von) \d{1,60})\W{0,60}",
    re.IGNORECASE,
)
# Where else the publisher told of it.
_BROADCAST = re.compile(rf"\W*{word_lists.of_pages('broadcasts')}\W*", re.IGNORECASE)
_DEVELOPING = re.compile(
    r"\W*(?:this is an? (?:\w+ )?(?:developing|breaking)(?: news)? story\b|"
    r"this (?:story|article|page|report) (?:will be|is being) updated\b|"
    r"(?:please )?(?:check|come) back (?:\w+ )?for (?:more|updates|the latest)\b|"
    r"(?:more|updates) (?:to follow|to come|follow soon)\b|more follows\b|mehr in kürze)"
    r"[^\"“”]{0,120}",
    re.IGNORECASE,
)

# A link to another story on a line of its own: "À lire aussi : ...", "More: ...".
_SEE_ALSO = re.compile(
    rf"\W*{word_lists.of_pages('see_also')}\s?[:|»›→>]\s*(?=[\"'“‘«„»(]?[^\W_])", re.IGNORECASE
)
_MIN_SEE_ALSO_WORDS, _MAX_SEE_ALSO_WORDS = 3, 22
_SUMMARY_LABEL = re.compile(rf"\W*{word_lists.of_pages('summary_labels')}\W*", re.IGNORECASE)
_BIO_LABEL = re.compile(rf"\W*{word_lists.of_pages('bio_labels')}\W*", re.IGNORECASE)
_CONTACT_LABEL = re.compile(rf"\W*{word_lists.of_pages('contact_labels')}\W*", re.IGNORECASE)
_STOP = re.compile(r"[.!?…][\"'”’»“«)\]]*$")

_COMMENTS_LABEL = re.compile(
    r"\W*(?:(?:(?:\d[\d,.]*|all|top|latest|most liked|newest|your|user|view|show|read|see|post|"
    r"readers?[’']?s?|join the|be the first to|from the) )*(?:comments?|responses|reader reactions|"
    r"kommentare?|commentaires?|leserkommentare|leserreaktionen|reacties|reactions|commenti|"
    r"comentarios)(?: ?[(\[]?\d+[)\]]?)?(?: so far| section| closed|"
    r" below| from readers)?|"
    r"what (?:our |the )?readers (?:say|said|think|are saying|wrote)|"
    r"what you (?:say|said|think)|your (?:say|views|thoughts|reactions)|"
    r"readers?[’']?s? (?:say|views?|reactions|replies|responses|write|discussion|forum|opinions?)|"
    r"(?:join|start) the (?:discussion|conversation|debate)|discussion(?: \(?\d+\)?)?|"
    r"conversation \(?\d+\)?|\d+ (?:replies|responses|thoughts on .{3,100})|have your say|"
    r"(?:leave|post|add|write) (?:a|your) (?:comment|reply|response))\W*",
    re.IGNORECASE,
)
# Labels that links and buttons above a story have too.
_BARE_LABEL = re.compile(
    r"\W*(?:comments?|discussion|responses|join the conversation|have your say|your views|"
    r"(?:view|show|read|see) comments?|kommentare?|commentaires?|reacties|reactions|commenti|"
    r"comentarios)\W*",
    re.IGNORECASE,
)
_COMMENT_BUTTON = re.compile(
    r"\W*(?:(?:reply|like|likes?|dislike|report|flag|share|quote|upvote|downvote|recommend|"
    r"permalink|edit|delete|link|antworten|melden|répondre|signaler|j[’']aime|"
    r"(?:thumbs )?(?:up|down))(?: (?:this|comment|abuse|to \w+|this comment))?"
    r"(?:\W*\(?\d*\)?\W*)?)+",
    re.IGNORECASE,
)
_COMMENT_FORM = re.compile(
    r"\W*(?:your e-?mail (?:address )?will not be (?:published|shown)\b.*|required fields (?:are )?"
    r"marked\b.*|(?:you must|please|you need to) (?:be )?(?:log(?:ged)? ?in|sign(?:ed)? (?:up|in)|"
    r"register(?:ed)?) to (?:react|vote|post|comment|reply|join|leave)\b.*|(?:log ?in|sign in|"
    r"register) to "
    r"(?:comment|reply|post|join|leave)\b.*|save my name,? e-?mail\b.*|notify me (?:of|by|"
    r"when)\b.*|"
    r"(?:leave|post|add|write|submit|cancel) (?:a|your|the)? ?(?:comment|reply)\b.{0,40}|"
    r"comments? (?:are|is|have been|will be) (?:now )?(?:closed|moderated|open|disabled|reviewed|"
    r"pre-moderated|off)\b.*|"
    r"(?:load|show|view|see|read) (?:more|all|\d+|older|newer)(?: \d+)? (?:comments?|replies)|"
    r"sort(?:ed)? by:?(?: \w+)*|(?:newest|oldest|best|most liked|top rated)(?: first)?|"
    r"(?:please )?(?:keep (?:it|your comments?|comments|the discussion)|be (?:civil|respectful|"
    r"kind)|keep it clean)\b.{0,160}|(?:name|e-?mail|website|comment)\s?\*|"
    r"(?:read|see) our (?:community|comment\w*) (?:guidelines|rules|policy|standards)\b.*|"
    r"(?:our )?(?:house|community) (?:rules|guidelines)\b.{0,80}|"
    r"characters (?:left|remaining).*|\d+ characters (?:left|remaining)|no comments(?: yet)?|"
    r"(?:es gibt |bisher )*(?:noch )?keine kommentare(?: vorhanden)?|"
    r"(?:il n['’]y a )?aucun commentaire|"
    r"(?:non ci sono(?: ancora)? commenti|nessun commento)|(?:(?:todavía|aún) )?no hay comentarios|"
    r"(?:er zijn )?(?:nog )?geen reacties\b.{0,60}|(?:log in|meld je aan) om te reageren|"
    r"(?:bitte )?(?:einloggen|anmelden),? um zu kommentieren|"
    r"connectez-vous pour (?:commenter|réagir)|"
    r"accedi per commentare|inicia(?:r)? sesión para comentar|"
    r"(?:kommentar (?:schreiben|verfassen|hinterlassen)|laisser un commentaire|lascia un commento|"
    r"deja un comentario|plaats (?:een )?reactie|schrijf een reactie))\W*",
    re.IGNORECASE,
)
_AGO = (
    r"(?:\d+|an?|one|two|three) ?(?:s|m|h|d|w|min|mins|hrs?|seconds?|minutes?|hours?|days?|weeks?|"
    r"months?)\.? ago|just now|yesterday"
)
_STAMP = (
    r"(?:\d{1,2}\.? [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|"
    r"\d{4}-\d\d-\d\d)"
)
_COMMENT_HEAD = re.compile(
    rf"[\w.’'@-]{{1,60}}(?: [\w.’'@-]{{1,60}}){{0,3}} ?\W{{0,4}}(?:\([^()]{{2,30}}\)\W*)?(?:"
    rf"(?i:{_AGO})|(?:on |at )?{_STAMP}"
    r"[ ,]+(?:\d{4}[ ,]*)?(?:at )?\d{1,2}[:.]\d{2}\W?(?:[ap]m)?|(?:says|wrote|commented|schreibt|"
    rf"dit) ?:)\W*|(?i:posted by) .{{2,40}}|(?i:{_AGO})"
)
# Readers write of themselves, to each other, and in questions and cries.
_PERSONAL = re.compile(r"\b(?:I|I[’']m|I[’']ve|me|my|we|us|our|you|your)\b|[?!](?:\s|$)")
_SPEECH = re.compile(
    r"(?<!\bI )\b(?:said|according to|added)\b|(?<!\bI )(?<!have )(?<!you )\btold\b|"
    r"[\"“][^\"“”]{12,}[\"”],?\s",
    re.IGNORECASE,
)


def is_notice(line: str) -> bool:
    """Say whether a line asks for consent or for money, or says what becomes of the page.

    Parameters
    ----------
    line : str
        A line of a page.

    Returns
    -------
    bool
        False where somebody is quoted or reported: that is a story about such things.
    """
    if len(line.split()) > _MAX_NOTICE_WORDS or _REPORTED.search(line) is not None:
        return False
    if _PLAIN.search(line) is not None or _REQUEST.search(line) is not None:
        return True
    if _ADDRESSED.search(line) is not None and _ADDRESSES.search(line) is not None:
        return True
    return _DEVELOPING.fullmatch(line) is not None


def is_consent_button(line: str) -> bool:
    """Say whether a line is a button of a dialog: "Accept all", "More options"."""
    return _CONSENT_BUTTON.fullmatch(line) is not None


def is_to_reader(line: str) -> bool:
    """Say whether a line speaks to the reader, and nobody is reported in it."""
    speaks = re.search(r"\b(?:you|your|we|our|us|me|my)\b", line, re.IGNORECASE) is not None
    return speaks and _REPORTED.search(line) is None


def is_see_also(line: str) -> bool:
    """Say whether a line is a label and the headline of another story."""
    label = _SEE_ALSO.match(line)
    is_told = _STOP.search(line) is not None and not line.endswith(("?", "!"))
    if label is None or is_told:
        return False
    headline = line[label.end() :]
    few = _MIN_SEE_ALSO_WORDS <= len(headline.split()) <= _MAX_SEE_ALSO_WORDS
    return few and headline.lstrip("\"'“‘«„»( ")[:1].isupper()


def is_summary_label(line: str) -> bool:
    """Say whether a line announces what sums a story up."""
    return _SUMMARY_LABEL.fullmatch(line) is not None


def is_bio_label(line: str) -> bool:
    """Say whether a line heads what is told of the author."""
    return _BIO_LABEL.fullmatch(line) is not None


def is_contact_label(line: str) -> bool:
    """Say whether a line heads whom to ask, as below a release."""
    return _CONTACT_LABEL.fullmatch(line) is not None


def is_filing(line: str) -> bool:
    """Say whether a line below a story files it: tags, address, what it was printed from."""
    if _FILED.fullmatch(line) is not None or _PRINTED.fullmatch(line) is not None:
        return True
    few = len(line.split()) <= _MAX_SOCIAL_WORDS
    return few and _NEWS_BY_MAIL.fullmatch(line) is not None


def is_broadcast(line: str) -> bool:
    """Say whether a line below a story tells in which programme the publisher had it, or when."""
    return _BROADCAST.fullmatch(line) is not None


def is_comments_label(line: str) -> bool:
    """Say whether a line can head what readers wrote."""
    return _COMMENTS_LABEL.fullmatch(line) is not None


def is_comment_part(line: str) -> bool:
    """Say whether a line is of the form around readers' comments: buttons, names with a time."""
    forms = (_COMMENT_BUTTON, _COMMENT_FORM, _COMMENT_HEAD)
    return any(form.fullmatch(line) is not None for form in forms)


def is_comment_form(line: str) -> bool:
    """Say whether a line is of the form in which readers write: its rules and fields."""
    return _COMMENT_FORM.fullmatch(line) is not None


def is_comment_button(line: str) -> bool:
    """Say whether a line is a button below a comment: "Reply", "Like (3)"."""
    return _COMMENT_BUTTON.fullmatch(line) is not None


def are_comments(label: str, lines: list[str], prose: list[str]) -> bool:
    """Say whether what stands below a label was written by readers.

    Parameters
    ----------
    label : str
        The line that heads them; empty where there is none.
    lines : list of str
        The lines below it.
    prose : list of str
        Those of them that are paragraphs.

    Returns
    -------
    bool
        True only if hardly anybody is reported in them: a story goes on with what people said.
    """
    n_told = sum(_SPEECH.search(line) is not None for line in prose)
    if 3 * n_told > len(prose):
        return False
    if any(is_comment_part(line) for line in lines):
        return True
    n_personal = sum(_PERSONAL.search(line) is not None for line in prose)
    clear = label != "" and _BARE_LABEL.fullmatch(label) is None
    return clear and 2 * n_personal >= max(1, len(prose))
