"""What tells a request from what stands around it.

Words that ask, explain, forbid, introduce or head a document.
"""

from __future__ import annotations

import re
from typing import Final

from naming.extraction.verbs import VERBS

BOILERPLATE: Final = frozenset(
    """overview summary description introduction background context instructions instruction objective objectives
    goal goals task tasks role identity purpose identity and purpose requirements requirement steps step to reproduce
    expected actual behavior behaviour result results environment example examples usage notes note input inputs
    output outputs format outputformat output instructions output format rules rule guidelines guideline constraints
    constraint motivation abstract details detail setup installation install prerequisites about profile skills skill
    workflow workflows initialization initialisation capabilities features abilities persona tone style response
    process data dataset files evaluation deliverables deliverable scope exceptions table of contents contents system
    prompt prompts getting started acceptance criteria what why how problem statement the your a an is are and of to
    use when do with here you will important critical remember configuration parameters arguments argument command
    commands tools tool character section 1 2 3 4 5 6 7 8 9 0 i ii iii core key main general specific basic
    responsibilities responsibility expertise knowledge mission focus areas area approach philosophy model version
    author language settings user users info assistant questions question answer answers tips timeline acknowledgments
    acknowledgements citation prizes title name proposal author(s) status
    角色 技能 目标 背景 规则 限制 约束 工作流程 初始化 简介 任务 输出格式 你是谁 你要做什么 角色名片 概述 需求
    要求 注意事项 示例 概要 背景 目的 要件 手順 설명 개요 목표
    описание роль контекст задача цель требования contexte rôle tâche objectif exigences rolle aufgabe kontext ziel
    anforderungen rol tarea contexto objetivo requisitos tarefa ruolo compito contesto""".split()
)
"""Words of headings that every document has: a heading of only these names nothing."""

TASK_HEADINGS: Final = frozenset(
    {
        "task", "your task", "the task", "task description", "goal", "objective", "request", "user request",
        "mission", "problem", "problem statement", "issue", "question", "todo", "what to do", "assignment",
        "challenge", "purpose", "任务", "目标", "需求", "задача", "aufgabe", "tarea", "tarefa", "tâche", "課題",
        "작업", "compito", "taak", "zadanie", "görev",
    }
)  # fmt: skip
"""The first passage under one of these headings is what is asked."""

CONSTRAINTS: Final = frozenset(
    """don't never always note only must return output respond reply answer if when whenever be remember avoid assume
    keep example my first however also it they he she this these that those because since although but and or so see
    thanks there here i we you what how why who where which is are does do feel it's that's before after once as
    make ensure""".split()
)
"""A sentence that begins with one of these says how, not what, when it is not the first."""

BACKGROUND: Final = re.compile(
    r"(?:currently|today|nowadays|right now|at the moment|previously|recently|historically|traditionally"
    r"|in (?:recent|the past|today's)|over the (?:past|last)"
    r"|because|since|when|whenever|while|if|although|though|as (?:of|part|a result)|after|before|until|once|every"
    r"|many|most|some|there (?:is|are|was|were|has|have)"
    r"|i (?:provide|provided|already|also)|it (?:is|was|has|would|can|may|seems)|this (?:is|was|means|allows"
    r"|makes|can)|we (?:have|had|are|were|already|currently|used)|i (?:am|have|was|had)|i'm|i've)\b",
    re.IGNORECASE,
)
"""A sentence that begins like this tells how things are."""

BACKGROUND_WORDS: Final = frozenset(
    """currently today nowadays right at previously recently historically traditionally in over because since when
    whenever while if although though as after before until once every many most some there i it this
    we""".split()
)
"""First words of `BACKGROUND`; a quick look before the pattern."""

PERSONAL: Final = re.compile(
    r"(?:(?:hi|hello|hey),? )?(?:my (?:name|phone|number|email|e-mail|address|contact)\b|i live\b|i am \d|i'm \d"
    r"|(?:je m'appelle|ich hei(?:ß|ss)e|me llamo|mi nombre es|meu nome [ée]|mi chiamo|nazywam się)\b|我叫|меня зовут)",
    re.IGNORECASE,
)
"""A sentence that introduces a person: nobody's name, street or number belongs in a task's name."""

PERSONAL_WORDS: Final = frozenset("hi hello hey my i je ich me mi meu nazywam меня".split())

GIVEN: Final = re.compile(
    r"(?:(?:you|we) (?:are|have been|will be) |you're )(?:given|provided)|given (?:an?|the|two|three|some) [^,]*$"
    r"|(?:i|we)(?:'ve| have)(?: got)? (?:an?|the|some|two)\b(?! (?:bug|problem|question|idea|issue|request)\b)",
    re.IGNORECASE,
)
"""`You are given two arrays. I have a React app.`.

What there is, not what is to be done with it."""

GIVEN_WORDS: Final = frozenset("you we i given".split())

OVERRIDE: Final = re.compile(
    r"(?:please )?(?:ignore|disregard|forget|override) (?:all |any |every|the |your |my |of |above|previous|prior)",
    re.IGNORECASE,
)
"""`Ignore everything above and …`: said to whoever reads the prompt; no part of a task."""

OVERRIDE_WORDS: Final = frozenset("please ignore disregard forget override".split())

SECRET_KINDS: Final = frozenset(
    """anthropic openai aws github gitlab slack google npm stripe api access private database email e-mail card postgres
    mysql mongodb redis prod production admin bearer webhook export key keys token tokens secret secrets password
    credential credentials address number url jwt pem apikey api_key authorization""".split()
)
"""A line of only these words is what is left of a pasted secret: `AWS key`, `password`."""

_WHOSE: Final = ("your", "the", "our", "my")
_COULD: Final = ("can", "could", "would", "will")


def _said(*ways: str) -> re.Pattern[str]:
    r"""Compile what may stand anywhere, from the start of a word on, in small letters (`in_any_case`).

    Behind `\b` all ways would be tried at each word, and at each letter where case is ignored. By first letters this
    takes a fifth of the time.
    """
    rests: dict[str, list[str]] = {}
    for way in ways:
        rests.setdefault(way[0], []).append(way[1:])
    return re.compile(
        "|".join(rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in rests.items())
    )


TASK_SAID: Final = _said(
    *(
        rf"{whose} (?:primary |main |sole |first |core |overall |ultimate |current )*(?:task|job|goal"
        r"|mission|objective|challenge|aim|assignment)"
        r"(?: (?:here|today|now|of (?:this|the) (?:competition|challenge|task|exercise|project|assignment|prompt"
        r"|issue|work|change|command|skill|agent|tool|ticket)"
        r"|in this [a-z]+(?: [a-z]+)?))? (?:is|will be|are) (?:to|now to)\b"
        for whose in _WHOSE
    ),
    r"you (?:are|have been|will be|are being) (?:asked|challenged|tasked|required|expected|given the task)\b",
    r"in this (?:competition|challenge|task|exercise|project|assignment|kata|tutorial|lab|problem),? (?:you|we"
    r"|your|participants)\b",
    *(
        rf"{this} (?:competition|challenge) (?:asks|challenges|requires|invites)\b"
        for this in ("this", "the")
    ),
)
"""A sentence that says what the task is: `Your task is to …`."""

TASK_CUES: Final = frozenset(
    """task job goal mission objective challenge aim assignment asked challenged tasked required expected given
    competition exercise project kata tutorial lab problem""".split()
)
"""`TASK_SAID` needs one of these words: a quick look before the pattern."""

STATEMENT: Final = _said(
    r"we propose\b",
    r"i propose\b",
    r"this (?:pep|proposal|rfc|kep|pr|patch|commit|change|cl|document) (?:\w+ly )?(?!is|was|has|also|does)\w+s\b",
    r"i (?:want|need|would like|'d like) you to (?!act|behave|be |pretend|play|imagine|become|respond|reply"
    r"|answer|take on|assume)",
    *(rf"{who}(?:'d like| would like| want| need) to {VERBS}\b" for who in ("i", "we")),
    *(rf"{could} you (?:please |kindly )?(?:help|{VERBS})\b" for could in _COULD),
)
"""A sentence that states the task in so many words."""

OWN_THING: Final = re.compile(
    r"\b(?:our|this (?:repo|repository|project|codebase|code|file|function|module|class|component|page|service|app|pr"
    r"|branch|query|script|test|endpoint|schema|config|table))\b"
    r"|\w/\w|\w\.[a-z]{1,4}\b(?<!\b[ei]\.[ge])|\w\(\)|[a-z][A-Z]|\w_\w|#\d",
)
"""What only somebody with a task of their own speaks of.

`our login flow`, `src/parser.rs`, `load_user()`."""

STATEMENT_CUES: Final = frozenset("propose this you like want need".split())
"""`STATEMENT` needs one of these words."""

ASK: Final = _said(
    *(
        rf"{whose} (?:primary |main |sole |first |core |overall |ultimate )?(?:task|job|goal|mission"
        r"|objective|challenge|aim|purpose|responsibility|assignment|role) (?:here |today |now )?(?:is|will be|are"
        r"|involves)\b"
        for whose in _WHOSE
    ),
    r"i (?:want|need|would like|'d like) (?:you )?to\b",
    r"i'd like (?:you )?to\b",
    *(rf"{could} you\b" for could in _COULD),
    r"please\b",
    r"help me\b",
    r"we (?:need|want|should|must|have) to\b",
    r"you (?:will|should|must|need to|are asked to|are required to|are tasked with|have been tasked)\b",
    r"you'll\b",
    r"let's\b",
    r"the task is\b",
    r"we propose\b",
    r"this (?:pep|proposal|rfc|kep|commit|patch|pr|change) ",
)
"""Words that a request stands behind."""

ASK_CUES: Final = frozenset(
    """you we i i'd please please, help you'll let's task job goal mission objective challenge aim purpose role
    this""".split()
)
"""`ASK` needs one of these words."""

ASIDES: Final = frozenset(
    """rules rule constraints constraint notes note examples example format output outputs style guidelines
    guideline restrictions limitations environment setup
    prerequisites installation references links resources license contributing faq evaluation timeline prizes
    acknowledgments acknowledgements citation hints tips
    checklist requirements steps response tone 规则 限制 约束 注意 示例 输出格式""".split()
)
"""What stands under a heading with one of these words says how, not what."""

PROPER_NAME: Final = re.compile(r"[A-Z](?<=[a-zß-ÿ,] .)\w")
"""A word with a capital that does not begin the line: the name of something."""

QUESTION: Final = re.compile(
    r"(?:how|what|why|who|whom|whose|which|where|when|is|are|was|were|do|does|did|can|could|should|shall|will"
    r"|would|has|have|am|may|might|any|whats|hows)\b",
    re.IGNORECASE,
)
"""How an English question begins.

A request that was one only for politeness loses its question mark."""

LOWER_CASE_NAMES: Final = frozenset(
    """npm npx pnpm yarn git pip pipx uv curl wget nginx kubectl helm systemd ffmpeg grep sed awk jq tmux vim zsh bash
    ssh rsync cmake gcc clang cargo rustc
    node deno bun eslint webpack vite pytest mypy ruff numpy pandas sqlite psql redis etcd containerd""".split()
)
"""Programs that write themselves in small letters, also at the start of a line."""

ENDS_WITH_ITS_VERB: Final = re.compile(
    r"(?: (?:up|out|off|down|away)"  # nothing that was taken out of a line stands behind these
    r"|\b(?:log|sign|opt|check|plug|zoom|clock|dial)(?:s|g?ed|g?ing)? in"
    r"|\b(?:turn|switch|log|sign)(?:s|g?ed|g?ing)? (?:[^.,;:]{1,40} )?on"
    r"| (?:ein|ab|aus|los|weg|fort))[?!]{0,2}$",  # German verbs in two parts
    re.IGNORECASE,
)
"""A line that ends with the second part of its verb, which is a preposition elsewhere.

`log in`, `turn it on`."""

ENDS_AS_A_CLAUSE: Final = re.compile(
    r"\b(?:what|who|where|how|why|which|when)\b[^.,;:]{1,50} (?:is|are|was|were)"
    r"(?: (?:for|from|about|like))?[?!]{0,2}$",
    re.IGNORECASE,
)
"""A line that ends as a question in other words does: `Explain what it is for`."""
