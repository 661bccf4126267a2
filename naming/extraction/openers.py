"""What people say before they say what they want, in English.

Each rule with an example of what it takes off.
"""

from __future__ import annotations

import re
from typing import Final

from naming.extraction.first_words import FirstWords
from naming.extraction.openers_abroad import OPENERS_ABROAD
from naming.extraction.verbs import VERBS

_AI: Final = (
    r"(?:claude|chatgpt|gpt|copilot|codex|cursor|gemini|assistant|bot|ai|all|everyone|team|there|folks|guys|again"
    r"|dear|friend)"
)
_GREETED: Final = (
    rf"(?:[ ,]+{_AI})*(?: ?[!.,:;)\U0001f300-\U0001faff☺]+| - |$"
    r"|(?= (?:i|can|could|please|we|would|my|the|this|there|how|what|why|is|are|do)\b))"
)
_MARK: Final = r"(?: ?[!.,:;]+|$)"

GREETING: Final = FirstWords(
    {
        "hi hii hiii hello hey heyy hiya howdy yo greetings": _GREETED,  # Hey Claude! | Hello world program is kept
        "good": rf" (?:morning|day|afternoon|evening){_GREETED}",  # Good morning team,
        "dear": rf" {_AI}{_GREETED}",  # Dear friend,
        "hope hoping": r" (?:you(?:'re| are)?|this|all)\b[^.!?,\n]{0,40}[.!?,]",  # Hope you're doing well.
        "thanks thank thx ty cheers": r"(?: you)?(?: (?:so much|a lot|in advance|very much|again"
        r"|again for[^.!,\n]{0,30}))?[ ]?[!.,]+",  # Thanks a lot!
        "hola buenas ola olá oi bonjour salut bonsoir hallo moin ciao buongiorno привет здравствуйте ahoj merhaba selam"
        " hoi cześć dag": rf"(?: (?:tardes|a todos|zusammen|allemaal|à tous))?{_MARK}",  # Hallo zusammen,
        "buenos bom boa guten dobrý dzień goede добрый": r" (?:d[ií]as|dia|tarde|tag|morgen|den|dobry|dag|день)"
        rf"{_MARK}",  # Guten Tag!
        "مرحبا السلام": rf"(?: عليكم)?{_MARK}",
    }
)
"""A greeting or a thank-you as a whole, with the mark that ends it."""

GREETING_UNSPACED: Final = re.compile(
    r"(?:你好|您好|嗨|大家好|こんにちは|お疲れ様です|はじめまして|안녕하세요|สวัสดี(?:ครับ|ค่ะ)?|नमस्ते)[!！,，.。、~ ]*"
)


def greeting_in(line: str, word: str) -> int:
    """Find where a greeting ends that `line`, whose first word is `word`, begins with.

    0 when it greets nobody.
    """
    if line[:1] < "\u0900":
        return GREETING.end(line, word)
    found = GREETING_UNSPACED.match(line)
    return found.end() if found else 0


_ASKED: Final = r"(?: please| kindly| maybe| possibly| also| just)*(?: be able to| mind| like to)? "
_LOOKED_AT: Final = (
    r" (?:the )?(?:following|above|below|attached|provided|given|text below)(?: (?:text|code|input|information|data"
    r"|content|description|file|files|context|prompt))?[,:] ?"
)
_THING: Final = (
    r"(?:pr|pull request|patch|commit|change|changes|changeset|cl|mr|merge request|patchset|series|diff|pep|rfc|kep"
    r"|proposal|document|paper|issue|ticket|task|project|prompt|skill|command|workflow|agent|tutorial|exercise"
    r"|challenge|competition|script|update|fix|feature|tool|page|guide|plugin|package|module|library|enhancement)"
)
_THING_DOES: Final = (
    rf" (?:attached |present |proposed )?{_THING}(?:'s (?:goal|purpose|aim) is)?"
    r"(?: also| currently| now| simply| just| further| therefore| hence| aims?| attempts?| seeks?| tries| intends?"
    r"| will| would| is| was| are| has been| describes how| is used| is designed| is intended| is meant| proposes"
    r"| suggests| recommends| tracks| describes| provides| contains| asks(?: you)?| requires(?: you)?)*"
    r"(?: to| for| that we)? "
)
_TASK_IS: Final = (
    r" (?:primary |main |sole |first |core |overall |ultimate |current |only )?"
    r"(?:task|job|goal|mission|objective|role|aim|purpose|challenge|assignment|responsibility|tool|function|idea"
    r"|exercise)s?(?: of (?:this|the) [a-z]+)?"
    r"(?: here| today| now| for today| at hand| in this (?:task|exercise|project))?"
    r"(?:,[^,\n]{2,60},)? (?:is|are|will be|was|would be|involves|requires(?: you)?)(?: now| simply| just"
    r"| as follows:?)?(?: to| about)? "
)
_NICE: Final = (
    r" (?:nice|great|good|useful|helpful|better|important|necessary|time|desirable) (?:to|if (?:we|you|i)"
    r" (?:could|can|had))"
)
_PROPOSES: Final = (
    r" (?:hereby |also |now |therefore |further )?(?:propose|suggest|recommend|introduce|describe)s?(?: to| that we"
    r"| that)? "
)

OPENER: Final = FirstWords(
    {
        "please pls plz kindly ok okay also and but then just basically actually currently additionally essentially": (
            r"(?: ?,)? "  # Please, | and
        ),
        "so": r" (?=(?:basically|i|we|can|could|what|please)\b)|[,:] ",  # So, | so can …
        "what": r" (?:i|we)(?:'d| would)? (?:really |just )?(?:need|want|like)(?: you)?(?: to (?:do|have))? is"
        r"(?: that| to| for you to)? ",  # What I need is to
        "i we": (
            r"(?: was| were|'m| am|'re| are)(?: just)? wondering (?:if|whether) (?:you|someone|we|i)"
            r"(?: could| can| would| might)?(?: maybe| possibly| please)* "  # I was wondering if you could
            r"|(?:'m| am|'re| are)(?: currently)? (?=(?:build|creat|develop|mak|writ|design|migrat)ing )"
            r"|(?:'m| am|'re| are| keep) (?:getting|seeing) (?=an? |the |\"|'|`|[A-Z])"  # I'm getting | a KeyError
            r"|(?:'d| would| really| just| also| do| am| are|'m|'re| will|'ll| have|'ve|'ve got| currently)*"
            r" (?:like|love|want|need|wish|hope|going|trying|looking|have|got|wanna|gotta|intend|plan|aim|asking"
            r"|seeking|wondering if)(?: for)?(?: you| your help| help| someone| somebody| assistance| it)?"
            r"(?: please)?(?: with| in)?(?: to(?: be able to)?)? "  # I'd like you to | I need help with
            r"|(?:'m| am|'re| are| have been) (?:given|provided with) "  # You are given
            r"| (?:think|believe|guess|feel)(?: that| like)? "  # I think that
            rf"|(?: think)? (?:should|could|must)(?: also| probably)? (?={VERBS}\b)"
            rf"|{_PROPOSES}"  # We propose to
        ),
        "it they": rf"{_PROPOSES}|(?:'s| is| would be|'d be)(?:{_NICE}"  # It would be nice to
        r"| proposed(?: here)?(?: to| that)?)? ",  # It is proposed here to
        "well alright now first firstly next finally again hopefully question today recently previously here instead"
        " therefore thus however moreover furthermore": r"[,:] ",  # Well,
        "in": r" (?:addition|short)[,:;] ?",  # In short,
        "quick one": r" (?:question|more thing)[,:] ",  # Quick question:
        "fyi btw tldr tl by if when for as": (
            r"(?: the way| discussed| possible| you can| you have time| you get a chance| now|;?dr"
            r"|(?<=\bas) (?:per|you know|mentioned|always|we|i)\b[^,.;:\n]{0,40})?[,:;] ?"  # As discussed,
        ),
        "can could would will may might": rf" (?:you|we|i|u|someone|anyone|somebody){_ASKED}"  # Can you please
        r"|(?<=\bwould) you mind ",
        "do": r" you mind |(?:(?: not|n't)? (?:you|there|we|i))(?: any(?:one)?)?(?: (?:able|willing))?(?: to)? ",
        "is": r" (?:it|there) (?:possible|a way|any way)(?: for (?:you|us|me))? to ",  # Is there a way to
        "are is was were does did has have": r" (?:you|there|we|i)(?: any(?:one)?)?(?: (?:able|willing))?(?: to)? ",
        "you": (
            r"(?: are|'re| have been| will be) (?:given|provided with) "  # You are given
            r"|(?:'ll|'re| will| should| must| can| need(?:s)?| have| are| shall| may)+(?: (?:be )?(?:asked|required"
            r"|given|tasked|expected|going|to be))?(?: with)?(?: to)? "  # You are asked to
            rf"|(?: are| have been)? (?:speciali[sz]ed?|excel|focus) (?:in|at|on) | (?={VERBS}\b)"  # You specialize in
        ),
        "help assist guide": r"(?: (?:me|us|the user|users)(?: out)?(?: by| with| to| in| through)?| with| to) ",
        "let lets": r"(?:'?s| us| me)?(?<=s|e)(?: now| just| start by)? ",  # Let's now
        "your the my our this its primary main": _TASK_IS,  # Your task is to
        "given using based use read review consider analyze analyse": rf"(?: on)?{_LOOKED_AT}",  # Given the following:
        "this the that these those our my": _THING_DOES,  # This PR proposes to
        "here there this these that": r"(?:'s| is| are| was| were| will be) ",  # Here is
        "imagine suppose assume pretend consider": r"(?: that)?(?: you(?:'re| are| were))? ",  # Imagine that you are
        "re fwd fw aw wg sv tr": r"(?:\[\d+\])?: ?",  # Re: Fwd:
    }
    | OPENERS_ABROAD
)
"""An opener in front of a request; taken off again and again while words remain behind it."""

USER_STORY: Final = FirstWords(
    {
        # As a customer, I want to | export orders: who wants it is no part of the task.
        "as": r" an? [^,.\n]{1,60}?,? (?:i|we)(?:'d| would)? (?:want|need|like|wish|have)(?: to be able)? to "
        r"| an? [^,.\n]{1,60}?,? (?:i|we) (?:can|could|should be able to) ",
        # Als Nutzer möchte ich | meine Bestellungen exportieren; als gebruiker wil ik | …
        "als": r" [^,.\n]{1,60}?,? (?:m[öo]chte|will|brauche|wil|wilde|moet) (?:ich|wir|ik|we) ",
        # En tant qu'utilisateur, je veux | exporter mes commandes
        "en": r" tant qu(?:e |')[^,.\n]{1,60}?,? (?:je|nous) (?:veux|voudrais|souhaite|dois|voulons)(?: pouvoir)? ",
        # Como cliente, quiero | exportar; como cliente, eu quero | exportar
        "como": r" [^,.\n]{1,60}?,? (?:eu )?(?:quiero|necesito|quisiera|me gustar[ií]a|quero|preciso|gostaria de)"
        r"(?: poder)? ",
        "come": r" [^,.\n]{1,60}?,? (?:io )?(?:voglio|vorrei|devo)(?: poter)? ",  # Come cliente, vorrei
        "jako": r" [^,.\n]{1,60}?,? (?:chc[ęie]|chcia[łl]bym|pot[řr]ebuji|muszę)(?: m[óo]c)? ",  # Jako klient chcę
        "как": r" [^,.\n]{1,60}?,? (?:я )?(?:хочу|хотел бы|должен)(?: иметь возможность)? ",  # Как клиент, я хочу
    }
)

USER_STORY_UNSPACED: Final = re.compile(
    r"(?:作为|作為)(?:一?[名位个個])?[^，,。\n]{1,20}[，,]\s*我(?:们)?(?:想要?|希望|需要|要)(?:能够?|可以)?"
    r"|[^、。\n]{1,16}として、"
)

_LABELS: Final = (
    r"title|task|task name|task title|name|subject|issue|issue title|user story|feature|feature request|request|user"
    r"|human|ticket|project|project name|role|标题|任务|题目|主题|角色|タイトル|件名|役割|제목|역할|tâche|tarea|tarefa"
    r"|aufgabe|задача|тема|роль|titre|título|titel|rôle|rol"
)
_LABEL_ENDS: Final = r"\**[ \t]?[:：]\**[ \t]*(?=\S)"

STRONG_LABEL: Final = re.compile(rf"\**(?:{_LABELS}){_LABEL_ENDS}", re.IGNORECASE)
"""A label that stands before a title and nothing else: `Title: …`, `**Task:** …`."""

LABEL: Final = re.compile(
    rf"\**(?:{_LABELS}|summary|goal|objective|question|problem|bug|story|topic|assignment|todo|description|query|prompt"
    rf"|profile|问题|需求|課題|title of the task){_LABEL_ENDS}",
    re.IGNORECASE,
)
"""A label in front of a line."""

LABEL_REACH: Final = 28
"""Characters in which the colon of a label stands."""

ADDRESSED: Final = re.compile(r"\A(?:[@/][A-Za-z][\w-]{0,39}[,:]?\s+)+(?=\S+\s+\S)")
"""`@bot fix lint errors`, `/plan add dark mode`: to whom or what it is said, not what."""

VERB_COMMANDS: Final = re.compile(rf"\A/(?={VERBS} (?!{VERBS}\b))", re.IGNORECASE)
"""`/review the payment PR`: a command that says itself what is to be done."""

FORBIDDEN: Final = FirstWords(
    {
        # Don't touch the schema, just | fix the paging: what is to be done counts more than what is
        # not.
        "don do dont never without": r"(?:['’]t| not)? [^,;:.\n]{3,90}[,;:] (?:and |but )?(?:just|only|instead|simply)"
        rf" (?={VERBS}\b)",
    }
)

INTRO: Final = FirstWords(
    {
        "in for as using given when if with to by on at after before while since because although from during under"
        " based instead building due like unlike via through within without": r"\b[^,;:]{2,110}[,;:] (?=\S+ \S+)",
        "i we": r"(?:'ve|'m| have| am) [^,;:]{2,110}[,;:] (?=\S+ \S+)",
    }
)
"""`As noted in the last review, …`.

What stands before the comma of a long sentence leads up to what it says."""

NAMES_A_FILE: Final = re.compile(r"[\w)]\.[A-Za-z]\w{0,4}\b|[\w.]/\w")
"""`In src/api/users.py, line 42, …`: an introduction that is not left out."""

PLACEHOLDER: Final = re.compile(
    r"\$\{[^{}\n]{1,80}\}|\{[a-z]+ [^{}\n]{1,80}\}|\$ARGUMENTS\b|\$\d\b|\{\{[^{}\n]{0,80}[ |.:][^{}\n]{0,80}\}\}"
    r"|\\\([A-Za-z]{1,40}\)"
)
"""A hole in a template: `${selection}`, `{argument name=…}`."""
