"""Who a prompt says is working: `You are a …`, `Act as a …`.

Where the words for the role end and what they say.
"""

from __future__ import annotations

import re
from typing import Final

from naming.extraction.first_words import FirstWords
from naming.extraction.verbs import VERBS

_EN_PLAYS: Final = (
    r"(?:act|behave|respond|answer|serve|function|work|play|pretend|roleplay|role-play|operate|take on the role"
    r"|assume the role|play the role|adopt the (?:role|persona)|acting|serving)"
)
_EN_AS: Final = (
    r"(?: the (?:role|part))?(?: to be| as if you (?:are|were)| as though you were| as| like| of)+ "
)
_EN_LEAD: Final = (
    r"(?:from now on,? |for this (?:task|conversation),? |in this (?:task|conversation),? )?"
    r"(?:i (?:want|would like|need|'d like) you to |i'd like you to |please |you (?:will|are going to|should|must"
    r"|need to|are to|have to|can) |you'll |your (?:role|task|job) is to |imagine (?:that )?|let's "
    r"|pretend (?:that )?)*"
)
_EN_IS: Final = (
    r"(?:from now on,? |today,? |hello[,!.]? |hi[,!.]? |imagine |pretend |assume |suppose )?(?:that )?(?:you are"
    r"|you're|your are|u are|i am(?! \w+ing\b)|i'm(?! \w+ing\b)|you will be|you'll be|you will become|you were)"
    r"(?: now| going to be| to be| acting as| playing| not just)? "
)

PERSONA: Final = re.compile(
    rf"(?:{_EN_LEAD}{_EN_PLAYS}{_EN_AS}|{_EN_IS}|as an? (?=[^,.\n]{{0,80}}$)(?![^\n]{{0,80}} (?:i|we) ))",
    re.IGNORECASE,
)
PERSONA_ABROAD: Final = re.compile(
    r"(?:(?:t[uú] )?(?:eres|act[úu]a como|comp[óo]rtate como|quiero que act[úu]es como|usted es) "
    r"|(?:voc[êe] [ée]|aja como|atue como|seja|quero que (?:voc[êe] )?(?:aja|atue) como) "
    r"|(?:tu es|vous [êe]tes|agis(?:sez)? (?:comme|en tant que)|je veux que tu agisses (?:comme|en tant que)) "
    r"|(?:du bist|sie sind|handle als|agiere als|verhalte dich wie|ich m[öo]chte,? dass du als) "
    r"|(?:(?:tu )?sei|agisci come|comportati come) (?=un)"
    r"|(?:je bent|jij bent|u bent|gedraag je als) "
    r"|(?:jesteś|jsi|jste|działaj jako) "
    r"|sen (?=bir )"
    r"|(?:ты|вы) (?:[—–-] )?|(?:действуй как|представь,? что ты|я хочу, чтобы (?:ты|вы) (?:действовал[аи]?"
    r"|выступал[аи]?|был[аи]?) (?:как|в (?:роли|качестве))|выступ(?:и|ай) в (?:роли|качестве)) "
    r"|(?:أنت|تصرف ك|أريدك أن تتصرف ك) ?"
    r")",
    re.IGNORECASE,
)

PERSONA_UNSPACED: Final = re.compile(
    r"(?:我希望你|我希望您|我想让你|我想让您|我想讓你|我要你|请你?|請你?|現在你|现在你|你现在|从现在开始，?你?|你|您)?(?:现在)?(?:将|要|来)?"
    r"(?:充当|扮演|作为|担任|擔任|是一?[名位个個]|是(?!谁|否|不是|什么|如何|怎))(?:一?[名位个個])?"
    r"|(?:あなたは|君は)"
    r"|(?:당신은|너는) ?"
    r"|(?:आप एक) "
)
"""A role in the scripts of which the first word says nothing yet."""

WORDS_IN_ENGLISH: Final = frozenset(
    """act acting adopt answer as assume behave for from function hello hi i imagine in let operate play please pretend
    respond role roleplay serve serving suppose take that today u work you your""".split()
)
WORDS_ABROAD: Final = frozenset(
    """aja actúa actua agis agissez agisci agiere atue comportati compórtate comportate du działaj eres gedraag handle
    ich je jesteś jij jsi jste أنت تصرف أريدك quero quiero sei seja sen sie tu tú u usted verhalte voce você vous
    вы выступай выступи действуй представь ты я""".split()
)
PERSONA_WORDS: Final = WORDS_IN_ENGLISH | WORDS_ABROAD
"""First words of personas in scripts with spaces; a quick look before the patterns."""


def persona_in(line: str, word: str) -> int:
    """Find where what gives a role ends (`I want you to act as`, `You are`) that `line`, begun by `word`, begins with.

    0 when it gives none. What follows is a role.
    """
    found = word in WORDS_IN_ENGLISH and PERSONA.match(line)
    if not found and word in WORDS_ABROAD:
        found = PERSONA_ABROAD.match(line)
    return found.end() if found else 0


ACT_AS: Final = re.compile(
    r"\b(?:act|behave|serve|function|role|pretend|roleplay|acting|serving)\b|充当|扮演|作为|担任",
    re.IGNORECASE,
)

ARTICLE: Final = FirstWords(
    {
        "a an the my our your this these some any um uma un une uno una ein eine einen le la les el los las der die das"
        " il lo o os een bir": r"\s+",
        "one": r" of the\s+",
        "l": r"['’]",
    }
)

ROLE_WORDS: Final = frozenset(
    """assistant ai expert experts helpful senior junior professional software engineer developer programmer agent
    bot chatbot model language experienced skilled highly world-class world class specialist coding code technical
    lead principal staff an a the and of in with who is machine system large advanced knowledgeable friendly seasoned
    master best great very most top tier intelligent powerful developers engineers coder architect consultant advisor
    full stack fullstack specialized virtual capable world's years experience full-stack
    un une um uma una ein eine der die das de en es con für le la bir een útil profesional sênior experiente utile
    expérimenté muy""".split()
)
"""Words of roles that name no task: `a helpful assistant`, `an expert software engineer`."""

ROLES_ABROAD: Final = frozenset(
    """experto experta especialista ingeniero ingeniera desarrollador desarrolladora programador programadora
    asistente engenheiro engenheira desenvolvedor desenvolvedora assistente
    experte ingénieur ingénieure développeur développeuse spécialiste
    expertin entwickler entwicklerin backend-entwickler frontend-entwickler software-entwickler softwareentwickler
    ingenieur programmierer erfahrener erfahrene hilfreicher assistent
    esperto esperta ingegnere sviluppatore sviluppatrice ervaren ontwikkelaar
    ekspert ekspertem programista programistą doświadczonym inżynierem zkušený vývojář
    uzman uzmanı uzmanısın geliştirici geliştiricisin geliştiricisi mühendis mühendisi mühendisisin
    эксперт опытный опытная разработчик инженер программист помощник ассистент специалист старший полезный
    خبير خبيرة مطور مهندس مساعد विशेषज्ञ डेवलपर इंजीनियर सहायक""".split()
)
"""The same in other languages, and what often stands beside them."""

ROLE_WORDS_UNSPACED: Final = re.compile(
    r"(?:一?[名位个個])?(?:资深|高级|专业|优秀|经验丰富|有用|强大|的|人工智能|AI|顶级|世界级|工程师|专家|助手|助理)+$"
    r"|(?:経験豊富な|優秀な|プロの|シニア|エンジニア|専門家|アシスタント|開発者|です)+$"
    r"|(?:숙련된|시니어|전문|엔지니어|개발자|전문가|어시스턴트|입니다| )+$"
)
"""The same for scripts without spaces between words."""

_FOR: Final = (
    r"who|that|which|designed|created|built|made|tasked|dedicated|trained|responsible|capable|specialized|specialised"
    r"|specializing|specialising|focused|focusing|working|helping|assisting|skilled"
)

ROLE_ENDS: Final = re.compile(
    rf"(?:,? (?:{_FOR}|known|with|whose|and (?:your|you|i)|and (?=(?:{VERBS})\b)|equipped|proficient|experienced|hired"
    r"|crafting|providing|assigned|chatting|que|qui|quien|quem|der|die|dessen|который|которая|especializad[oa]"
    r"|spécialisée?|spezialisiert)\b"
    r"|[,.;:(，。：；、（]| - | – | — )",
    re.IGNORECASE,
)
"""Where the words for a role end: `a Finnish teacher | designed to help beginners`."""

AFTER_ROLE: Final = re.compile(
    rf"^(?:,? ?(?:{_FOR}|equipped|proficient|experienced|is|are|has|with|in|to|for|of|on|at|an?|the|deep|extensive"
    r"|strong|expertise|knowledge|experience|excels|exceptional|and)\b)+ ",
    re.IGNORECASE,
)
"""What leads from a role that says nothing to what it is for.

`an expert | in refactoring Java methods`."""

TASK_OF_ROLE: Final = re.compile(rf",? and (?:then )?(?:please )?(?=(?:{VERBS})\b)", re.IGNORECASE)
"""What leads from a role to its task in one sentence.

`a senior Go developer | and write a Dockerfile`."""

FLATTERY: Final = re.compile(
    r"^(?:(?:very|highly|extremely|exceptionally|an?|the|helpful|friendly|expert|experienced|professional|skilled"
    r"|skillful|seasoned|senior|talented|world[- ]class|world[- ]renowned|renowned|leading|top"
    r"|master|best|great|knowledg(?:e)?able|specialized|specialised|advanced|intelligent|smart|brilliant|creative"
    r"|insightful|compassionate|empathetic|meticulous|dedicated|proficient|qualified|accomplished"
    r"|powerful|sophisticated|cutting-edge|virtual|versatile|thoughtful|kind|polite|curious|thorough|careful"
    r"|patient|and|ai"
    r"|(?:expert|especialista|experto|experta|experte|expertin|esperto|esperta) (?:en|em|in|für|di)|опытный"
    r"|erfahrener?|expérimentée?)(?:,? ))+(?=\S+ \S+|[^\x00-\x7f])",
    re.IGNORECASE,
)
"""Praise in front of a role: `a friendly and helpful | research assistant`."""
