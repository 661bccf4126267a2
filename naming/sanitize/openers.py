"""What people say before they say what they want, by language; data and one pattern for each kind."""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = (
    r"(?:claude|chatgpt|gpt|copilot|codex|cursor|gemini|assistant|bot|ai|all|everyone|team|there|folks|guys|again"
    r"|dear|friend)"
)

GREETING: Final = re.compile(
    rf"(?:hi+|hello|hey+|hiya|howdy|yo|greetings|good (?:morning|day|afternoon|evening)"
    rf"|dear {_NAME})\b(?:[ ,]+{_NAME})*"
    r"(?: ?[!.,:;)\U0001f300-\U0001faff☺]+| - |$|(?= (?:i|can|could|please|we|would|my|the|this|there|how|what"
    r"|why|is|are|do)\b))"
    r"|(?:hope|hoping) (?:you(?:'re| are)?|this|all)\b[^.!?,\n]{0,40}[.!?,]"
    r"|(?:thanks|thank you|thx|ty|cheers)(?: (?:so much|a lot|in advance|very much|again"
    r"|again for[^.!,\n]{0,30}))?[ ]?[!.,]+"
    r"|(?:hola|buenos d[ií]as|buenas(?: tardes)?|ol[áa]|bom dia|boa tarde|oi|bonjour|salut|bonsoir|hallo"
    r"|guten tag|moin|ciao"
    r"|buongiorno|привет|здравствуйте|добрый день|ahoj|dobrý den|merhaba|selam|مرحبا|السلام عليكم|नमस्ते)"
    r"(?: ?[!.,:;]+|$)"
    r"|(?:你好|您好|嗨|こんにちは|お疲れ様です|はじめまして|안녕하세요|สวัสดี(?:ครับ|ค่ะ)?)[!！,，.。、~ ]*",
    re.IGNORECASE,
)
"""A greeting or a thank-you as a whole, with the mark that ends it: `Hey Claude!`, but not `Hello world program`."""

_VERBS: Final = (
    r"(?:add|adjust|allow|analy[sz]e|answer|apply|archive|audit|automate|bring|build|bump|calculate|change|check"
    r"|clean|collect|combine|compare|compile"
    r"|compute|configure|connect|convert|copy|correct|count|create|debug|decode|define|delete|deploy|deprecate"
    r"|describe|design|detect|determine|develop"
    r"|diagnose|disable|document|download|draft|draw|edit|enable|encode|enhance|estimate|evaluate|examine|execute"
    r"|explain|export|expose|extend|extract"
    r"|fetch|figure out|fill|filter|find|fix|format|generate|get|give|go through|group|handle|identify|implement"
    r"|import|improve|increase|install|integrate"
    r"|introduce|investigate|list|load|log|look|make|manage|map|measure|merge|migrate|model|modify|monitor|move"
    r"|normalize|open|optimi[sz]e|organi[sz]e"
    r"|parse|perform|plan|port|predict|prepare|print|process|propose|provide|publish|push|put|raise|read|rebuild"
    r"|recommend|record|reduce|refactor|refine"
    r"|release|remove|rename|render|reorgani[sz]e|repair|replace|report|reproduce|research|resolve|restore"
    r"|restructure|return|reverse|review|revert|rewrite"
    r"|rotate|run|save|scan|score|search|send|separate|set up|setup|set|ship|show|simplify|simulate|skip|solve"
    r"|sort|speed up|split|start|stop|store"
    r"|summari[sz]e|support|switch|sync|test|trace|track|train|transform|translate|tune|turn|update|upgrade"
    r"|upload|use|validate|verify|wire|wrap|write)"
)

OPENER: Final = re.compile(
    r"(?:"
    r"(?:please|pls|plz|kindly|ok|okay|also|and|but|then|just|basically|actually|currently|additionally)(?: ?,)? "
    r"|so (?=(?:basically|i|we|can|could|what|please)\b)"
    r"|what (?:i|we)(?:'d| would)? (?:really |just )?(?:need|want|like)(?: you)?(?: to (?:do|have))? is"
    r"(?: that| to| for you to)? "
    r"|(?:i|we)(?: was| were|'m| am|'re| are)(?: just)? wondering (?:if|whether) (?:you|someone|we|i)"
    r"(?: could| can| would| might)?(?: maybe| possibly| please)* "
    r"|(?:i|we)(?:'m| am|'re| are| keep) (?:getting|seeing) (?=an? |the |\"|'|`|[A-Z])"
    r"|(?:so|alright|well|now|first(?:ly)?|next|finally|again|hopefully|in addition|quick question|question"
    r"|one more thing"
    r"|today|recently|previously|here|instead|therefore|thus|however|moreover|furthermore)[,:] "
    r"|(?:fyi|btw|by the way|as discussed|as (?:per|you know|mentioned|always|we|i)\b[^,.;:\n]{0,40}|if possible"
    r"|if you can"
    r"|when you (?:can|have time|get a chance)|for now|in short|tl;?dr)[,:;] ?"
    r"|(?:can|could|would|will|may|might) (?:you|we|i|u|someone|anyone|somebody)(?: please| kindly| maybe"
    r"| possibly| also| just)*"
    r"(?: be able to| mind| like to)? "
    r"|(?:do|would) you mind "
    r"|is (?:it|there) (?:possible|a way|any way)(?: for (?:you|us|me))? to "
    r"|(?:i|we)(?:'d| would| really| just| also| do| am| are|'m|'re| will|'ll| have|'ve|'ve got| currently)*"
    r" (?:like|love|want|need|wish|hope|going|trying|looking|have|got|wanna|gotta|intend|plan|aim|asking|seeking"
    r"|wondering if)"
    r"(?: for)?(?: you| your help| help| someone| somebody| assistance| it)?(?: please)?(?: with"
    r"| in)?(?: to(?: be able to)?)? "
    r"|(?:you|the (?:assistant|ai|agent|model))(?:'ll|'re| will| should| must| can| need(?:s)?| have| are| shall"
    r"| may)+"
    r"(?: (?:be )?(?:asked|required|given|tasked|expected|going|to be))?(?: with)?(?: to)? "
    rf"|you (?={_VERBS}\b)"
    r"|(?:help|assist|guide)(?: (?:me|us|the user|users)(?: out)?(?: by| with| to| in| through)?| with| to) "
    r"|(?:let'?s|let us|let me|lets)(?: now| just| start by)? "
    r"|(?:your|the|my|our|this|its|primary|main) (?:primary |main |sole |first |core |overall |ultimate |current "
    r"|only )?"
    r"(?:task|job|goal|mission|objective|role|aim|purpose|challenge|assignment|responsibility|tool|function|idea"
    r"|exercise)s?"
    r"(?: here| today| now| for today| at hand| in this (?:task|exercise|project))?"
    r"(?:,[^,\n]{2,60},)? (?:is|are|will be|was|would be|involves|requires(?: you)?)(?: now| simply| just"
    r"| as follows:?)?(?: to| about)? "
    r"|(?:given|using|based on|use|read|review|consider|analy[sz]e) (?:the )?(?:following|above|below|attached"
    r"|provided|given|text below)"
    r"(?: (?:text|code|input|information|data|content|description|file|files|context|prompt))?[,:] ?"
    r"|(?:this|the|that|these|our|my) (?:attached |present |proposed )?(?:pr|pull request|patch|commit|change"
    r"|changes|changeset|cl|mr|merge request"
    r"|patchset|series|diff|pep|rfc|kep|proposal|document|paper|issue|ticket|task|project|prompt|skill|command"
    r"|workflow|agent"
    r"|tutorial|exercise|challenge|competition|script|update|fix|feature|tool|page|guide|plugin|package|module"
    r"|library|enhancement)"
    r"(?:'s (?:goal|purpose|aim) is)?(?: also| currently| now| simply| just| further| therefore| hence| aims?"
    r"| attempts?| seeks?| tries| intends?| will| would| is| was| are| has been| describes how| is used"
    r"| is designed| is intended| is meant| proposes| suggests| recommends| tracks| describes| provides| contains"
    r"| asks(?: you)?| requires(?: you)?)*"
    r"(?: to| for| that we)? "
    r"|(?:we|i|it|they) (?:hereby |also |now |therefore |further )?(?:propose|suggest|recommend|introduce"
    r"|describe)s?(?: to| that we| that)? "
    r"|(?:here(?:'s| is| are)|there(?:'s| is| are| was| were| will be)|this is|these are|that is|it(?:'s| is"
    r"| would be|'d be)(?: (?:nice|great|good|useful|helpful|better|important|necessary|time|desirable) (?:to"
    r"|if (?:we|you|i) (?:could|can|had))?)?) "
    r"|(?:imagine|suppose|assume|pretend|consider)(?: that)?(?: you(?:'re| are| were))? "
    r"|(?:are|is|was|were|do|does|did|has|have) (?:you|there|we|i)(?: any(?:one)?)?(?: (?:able|willing))?(?: to)? "
    r"|(?:re|fwd?|fw|aw|wg|sv|tr)(?:\[\d+\])?: ?"
    # other languages
    r"|(?:por favor|porfa|quiero|quisiera|necesito|me gustar[ií]a|puedes|podr[ií]as|puede|ay[úu]dame a"
    r"|necesitamos)(?: que)?(?: me)?(?: ayud(?:es|ar|arme))?(?: a)?,? "
    r"|(?:preciso|gostaria de|quero|voc[êe] (?:pode|poderia)|pode|poderia|me ajud[ea] a"
    r"|precisamos)(?: de)?(?: que)?(?: me)?(?: ajudar)?(?: a)?,? "
    r"|(?:s'il (?:te|vous) pla[iî]t|svp|stp|peux-tu|pouvez-vous|pourriez-vous|pourrais-tu|je (?:veux|voudrais"
    r"|souhaite|souhaiterais)|j'aimerais|j'ai besoin (?:de|d')|aide[zs]?-moi (?:à|a)|il faut"
    r"|il faudrait)(?: que)?(?: tu| vous)?(?: m'aider (?:à|a))?,? ?"
    r"|(?:bitte|kannst du|k[öo]nntest du|k[öo]nnen sie|k[öo]nnten sie|ich (?:m[öo]chte|will|brauche"
    r"|h[äa]tte gern[e]?)|hilf mir(?: bitte)?(?: dabei|,)?|wir (?:m[üu]ssen|brauchen"
    r"|wollen))(?: bitte)?(?: mir)?(?: mal)?(?: helfen)?,? "
    r"|(?:per favore|per piacere|puoi|potresti|vorrei|voglio|ho bisogno di|aiutami a),? "
    r"|(?:пожалуйста|можешь|можете|не могли бы вы|мне (?:нужно|надо)|нужно|надо|необходимо|помоги(?:те)?(?: мне)?"
    r"|я хочу|хочу|хотелось бы|давай(?:те)?)(?:,? чтобы(?: ты| вы)?)?,? "
    r"|(?:pros[ií]m|m[ůu][žz]e[šs]|m[ůu][žz]ete|pot[řr]ebuji|pot[řr]ebuju|cht[ěe]l bych|pomoz mi),? "
    r"|(?:proszę|czy możesz|potrzebuję|chcę|chciałbym),? "
    r"|(?:l[üu]tfen),? "
    r"|(?:من فضلك|لو سمحت|أريد(?: منك)?(?: أن)?|هل يمكنك|أحتاج(?: إلى)?|ساعدني في|أرجو)[،,]? "
    r"|(?:कृपया|मुझे|क्या आप) "
    r"|(?:请(?:你|您)?(?:帮我|帮忙|帮助我|协助我)?|帮我|帮忙|麻烦(?:你|您)?(?:帮我)?|我(?:想要?|要|需要|希望)(?:让|讓|请|請)?(?:你|您)?(?:帮我|来|能)?|能不能|能否|可以帮我"
    r"|你能(?:帮我)?|您能(?:帮我)?|我们需要|现在|接下来)[，, ]*"
    r"|(?:すみませんが|すみません|お手数ですが|以下の|次の)[、, ]*"
    r"|(?:제발|혹시|저는|좀) ?"
    r"|(?:ช่วย|กรุณา|โปรด) ?"
    r")",
    re.IGNORECASE,
)
"""An opener in front of a request; taken off again and again while words remain behind it."""

CLOSER: Final = re.compile(
    r"(?:"
    r"[,;:.!?\s-]+(?:please|pls|plz|thanks|thank you|thx|asap|for me|if possible"
    r"|as soon as possible)(?: (?:in advance|a lot|so much|very much))?"
    r"|[，,。\s]*(?:谢谢|多谢|拜托了?|可以吗|好吗|吗)"
    r"|(?:(?<=[\u4e00-\u9fff\u30a0-\u30ff]{2})して)?(?:ください|下さい|もらえますか|くれますか|いただけますか|お願いします|お願いいたします|ほしいです?|欲しいです?)"
    r"| ?(?:해 ?주세요|해 ?줘|해 ?주십시오|부탁드립니다|부탁해요?|주세요|줘)"
    r"|[,\s]+(?:por favor|s'il (?:te|vous) pla[iî]t|bitte|per favore|пожалуйста|спасибо|gracias|obrigad[oa]|danke"
    r"|merci|من فضلك|شكرا)"
    r"|(?:ครับ|ค่ะ|หน่อย|ให้หน่อย|ด้วย)"
    r")[.!?。！？\s]*$",
    re.IGNORECASE,
)
"""Politeness behind a request."""

CLOSER_WORDS: Final = (
    "please", "pls", "plz", "thanks", "thank you", "thx", "asap", "for me", "if possible", "as soon as possible",
    "in advance", "a lot", "so much", "very much",
    "谢谢", "多谢", "拜托", "拜托了", "可以吗", "好吗", "吗", "ください", "下さい", "もらえますか",
    "くれますか", "いただけますか",
    "お願いします", "お願いいたします",
    "ほしい", "ほしいです", "欲しい", "欲しいです", "주세요", "줘", "주십시오",
    "부탁드립니다", "부탁해", "부탁해요", "por favor", "plait", "plaît", "bitte", "per favore",
    "пожалуйста", "спасибо", "gracias", "obrigado", "obrigada", "danke", "merci", "من فضلك", "شكرا", "ครับ", "ค่ะ",
    "หน่อย", "ด้วย",
)  # fmt: skip
"""How a line ends that ends in politeness; a quick look before the pattern."""

USER_STORY: Final = re.compile(
    r"as an? [^,.\n]{1,60}?,? (?:i|we)(?:'d| would)? (?:want|need|like|wish|have)(?: to be able)? to ", re.IGNORECASE
)
"""`As a customer, I want to | export orders`: who wants it is no part of the task."""

PERSONA: Final = re.compile(
    r"(?:"
    r"(?:from now on,? |for this (?:task|conversation),? |in this (?:task|conversation),? )?"
    r"(?:i (?:want|would like|need|'d like) you to |i'd like you to |please |you (?:will|are going to|should|must"
    r"|need to|are to|have to|can) |you'll |your (?:role|task|job) is to |imagine (?:that )?|let's "
    r"|pretend (?:that )?)*"
    r"(?:act|behave|respond|answer|serve|function|work|play|pretend|roleplay|role-play|operate|take on the role"
    r"|assume the role|play the role|adopt the (?:role|persona)|acting|serving)"
    r"(?: the (?:role|part))?(?: to be| as if you (?:are|were)| as though you were| as| like| of)+ "
    r"|(?:from now on,? |today,? |hello[,!.]? |hi[,!.]? |imagine |pretend |assume |suppose )?(?:that )?(?:you are"
    r"|you're|your are|u are|i am(?! \w+ing\b)|i'm(?! \w+ing\b)|you will be|you'll be|you will become|you were)"
    r"(?: now| going to be| to be"
    r"| acting as| playing| not just)? "
    r"|as an? (?=[^,.\n]{0,80}$)(?![^\n]{0,80} (?:i|we) )"
    r"|(?:我希望你|我想让你|我想讓你|我要你|请你?|現在你|现在你|你现在|从现在开始，?你?|你)?(?:充当|扮演|作为|担任|擔任|是一?[名位个個])(?:一?[名位个個])?"
    r"|(?:あなたは|君は)"
    r"|(?:당신은|너는) ?"
    r"|(?:eres|act[úu]a como|quiero que act[úu]es como|usted es) "
    r"|(?:voc[êe] [ée]|aja como|atue como|quero que (?:voc[êe] )?(?:aja|atue) como) "
    r"|(?:tu es|vous [êe]tes|agis(?:sez)? (?:comme|en tant que)|je veux que tu agisses (?:comme|en tant que)) "
    r"|(?:du bist|sie sind|handle als|agiere als|ich m[öo]chte,? dass du als) "
    r"|(?:ты|вы|действуй как|представь,? что ты|я хочу, чтобы (?:ты|вы) (?:действовал[аи]?|выступал[аи]?"
    r"|был[аи]?) (?:как|в (?:роли|качестве))|выступ(?:и|ай) в (?:роли|качестве)) "
    r"|(?:أنت|تصرف ك|أريدك أن تتصرف ك)"
    r")",
    re.IGNORECASE,
)
"""`I want you to act as a …`, `You are a …`: what follows is a role."""

ACT_AS: Final = re.compile(
    r"\b(?:act|behave|serve|function|role|pretend|roleplay|acting|serving)\b|充当|扮演|作为", re.IGNORECASE
)

ARTICLE: Final = re.compile(
    r"^(?:(?:an?|the|my|our|your|one of the|this|these|some|any|um|uma|un|une|uno|una|ein|eine|einen|le|la|les|el"
    r"|los|las|der|die|das|une?|il|lo|o|os)\s+|l')+",
    re.IGNORECASE,
)

ASK: Final = re.compile(
    r"\b(?:(?:your|my|our|the) (?:primary |main |sole |first |core |overall |ultimate )?(?:task|job|goal|mission"
    r"|objective|challenge|aim|purpose|responsibility|assignment|role) (?:here |today |now )?(?:is|will be|are"
    r"|involves)\b"
    r"|i (?:want|need|would like|'d like) (?:you )?to\b|i'd like (?:you )?to\b|(?:can|could|would|will) you\b"
    r"|please\b|help me\b|we (?:need|want|should|must|have) to\b"
    r"|you (?:will|should|must|need to|are asked to|are required to|are tasked with|have been tasked)\b|you'll\b"
    r"|let's\b|the task is\b|we propose\b|this (?:pep|proposal|rfc|kep|commit|patch|pr|change) )",
    re.IGNORECASE,
)
"""Words that a request stands behind."""

AFTER_ASK: Final = re.compile(
    r"^[^\n]{0,200}?\b(?:(?:your|my|our|the) (?:primary |main |sole |first |core |overall |ultimate )?(?:task|job"
    r"|goal|mission|objective|challenge|aim|purpose|responsibility|assignment) (?:here |today |now )?(?:is"
    r"|will be)(?: to)?"
    r"|i (?:want|need|would like|'d like) you to|i'd like you to|(?:can|could|would|will) you(?: please)?"
    r"|please help(?: me)?(?: to)?|help me(?: to)?|you are (?:asked|required|tasked)(?: to| with)?) ",
    re.IGNORECASE,
)
"""Everything up to the request when it stands in the middle of a sentence: `I have 62 files, can you `."""

LABEL: Final = re.compile(
    r"(?:\**)(?P<label>title|task|task name|task title|name|subject|summary|issue|issue title|feature"
    r"|feature request|request|goal|objective|user|human|question"
    r"|problem|bug|ticket|story|topic|project|project name|assignment|todo|description|query|prompt|role|profile|"
    r"标题|任务|角色|题目|问题|需求|主题|タイトル|件名|課題|役割|제목|역할|title of the task"
    r"|tâche|tarea|tarefa|aufgabe|задача|роль|тема)"
    r"(?:\**)[ \t]?[:：](?:\**)[ \t]*(?=\S)",
    re.IGNORECASE,
)
"""A label in front of a title: `Title: …`, `**Task:** …`."""

STRONG_LABEL: Final = re.compile(
    r"\**(?:title|task|task name|task title|name|subject|issue|issue title|feature|feature request|request|user|human"
    r"|ticket|project|project name|role|标题|任务|题目|主题|角色|タイトル|件名|役割|제목|역할"
    r"|tâche|tarea|tarefa|aufgabe"
    r"|задача|тема|роль)\**[ \t]?[:：]\**[ \t]*(?=\S)",
    re.IGNORECASE,
)
"""A label that stands before a title and nothing else."""

BOILERPLATE: Final = frozenset(
    """overview summary description introduction background context instructions instruction objective objectives
    goal goals
    task tasks role identity purpose identity and purpose requirements requirement steps step to reproduce expected
    actual
    behavior behaviour result results environment example examples usage notes note input inputs output outputs format
    outputformat output instructions output format rules rule guidelines guideline constraints constraint motivation
    abstract details detail setup installation install prerequisites about profile skills skill workflow workflows
    initialization initialisation capabilities features abilities persona tone style response process data dataset
    files
    evaluation deliverables deliverable scope exceptions table of contents contents system prompt prompts getting
    started
    acceptance criteria what why how problem statement the your a an is are and of to use when do with here you will
    important critical remember configuration parameters arguments argument command commands tools tool character
    section 1 2 3 4 5 6 7 8 9 0 i ii iii core key main general specific basic responsibilities responsibility
    expertise
    knowledge mission focus areas area approach philosophy model version author language settings user users info
    assistant questions question answer answers tips timeline acknowledgments acknowledgements citation prizes
    description: title name proposal author(s) status 角色 技能 目标 背景 规则
    限制 约束 工作流程 初始化 简介 任务 输出格式
    описание роль контекст contexte description rôle""".split()
)
"""Words of headings that every document has: a heading of only these names nothing."""

CONSTRAINT: Final = re.compile(
    r"(?:do not|don't|never|always|make sure|ensure|note|note that|only|you must|must|return|output|respond|reply"
    r"|answer|if|when|whenever"
    r"|be |remember|avoid|use the following|assume|keep|the (?:output|response|answer|result|input|file"
    r"|following)|for example|e\.g|i\.e|example"
    r"|my first|first|however|also|it|they|he|she|this|these|that|those|because|since|although|but|and|or|so|see"
    r"|thanks|there (?:is|are)|here|in (?:this|that|order|the)"
    r"|i will|i'll|we will|you (?:will|can|may|should|must|have)|what|how|why|who|where|which|is|are|does|do"
    r"|let me know|feel free|it's|that's|before|after|once|as)\b",
    re.IGNORECASE,
)
"""A sentence that begins like this says how, not what, when it is not the first."""

TASK_SAID: Final = re.compile(
    r"\b(?:your|the|our|my) (?:primary |main |sole |first |core |overall |ultimate |current )*(?:task|job|goal"
    r"|mission|objective|challenge|aim|assignment)"
    r"(?: (?:here|today|now|of (?:this|the) (?:competition|challenge|task|exercise|project|assignment|prompt"
    r"|issue|work|change|command|skill|agent|tool|ticket)"
    r"|in this [a-z]+(?: [a-z]+)?))? (?:is|will be|are) (?:to|now to)\b"
    r"|\byou (?:are|have been|will be|are being) (?:asked|challenged|tasked|required|expected|given the task)\b"
    r"|\bin this (?:competition|challenge|task|exercise|project|assignment|kata|tutorial|lab|problem),? (?:you|we"
    r"|your|participants)\b"
    r"|\b(?:this|the) (?:competition|challenge) (?:asks|challenges|requires|invites)\b",
    re.IGNORECASE,
)
"""A sentence that says what the task is: `Your task is to …`."""

TASK_CUES: Final = frozenset(
    """task job goal mission objective challenge aim assignment asked challenged tasked required expected given
    competition exercise project kata
    tutorial lab problem""".split()
)
"""`TASK_SAID` needs one of these words: a quick look before the pattern."""

STATEMENT_CUES: Final = frozenset("propose this you".split())
"""`STATEMENT` needs one of these words."""

ASK_CUES: Final = frozenset(
    """you we i i'd please please, help you'll let's task job goal mission objective challenge aim purpose role
    this""".split()
)
"""`ASK` needs one of these words."""

STATEMENT: Final = re.compile(
    r"\b(?:we|i) propose\b|\bthis (?:pep|proposal|rfc|kep|pr|patch|commit|change|cl|document) (?:\w+ly )?(?!is"
    r"|was|has|also|does)\w+s\b"
    r"|\bi (?:want|need|would like|'d like) you to (?!act|behave|be |pretend|play|imagine|become|respond|reply"
    r"|answer|take on|assume)"
    rf"|\b(?:can|could|would|will) you (?:please |kindly )?(?:help|{_VERBS})\b",
    re.IGNORECASE,
)
"""A sentence that states the task in so many words."""

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

ROLE_WORDS: Final = frozenset(
    """assistant ai expert experts helpful senior junior professional software engineer developer programmer agent
    bot chatbot model language
    experienced skilled highly world-class world class specialist coding code technical lead principal staff an a
    the and of in with who is
    machine system large advanced knowledgeable friendly seasoned master best great very most top tier intelligent
    powerful developers
    engineers coder architect consultant advisor full stack fullstack specialized virtual capable world's years
    experience
    ein eine un une um uma le la der die das assistent asistente assistente""".split()
)
"""Words of roles that name no task: `a helpful assistant`, `an expert software engineer`."""

IMPERATIVE: Final = re.compile(rf"{_VERBS}\b", re.IGNORECASE)
"""A sentence that begins with one of these asks for it."""

INTRO: Final = re.compile(
    r"(?:in|for|as|using|given|when|if|with|to|by|on|at|after|before|while|since|because|although|from|during"
    r"|under|based on|instead of"
    r"|building on|due to|like|unlike|via|through|within|without|i have|i've|i am|i'm"
    r"|we have)\b[^,;:]{2,110}[,;:] (?=\S+ \S+)",
    re.IGNORECASE,
)
"""`As noted in the last review, …`: what stands before the comma of a long sentence leads up to what it says."""

ROLE_ENDS: Final = re.compile(
    r"(?:,? (?:who|that|which|designed|created|built|made|tasked|dedicated|trained|responsible|capable"
    r"|specialized|specialised|specializing|specialising"
    rf"|focused|focusing|working|helping|assisting|skilled|known|with|whose|and (?:your|you|i)"
    rf"|and (?=(?:{_VERBS})\b)|equipped|proficient|experienced|hired|crafting|providing|assigned|chatting)\b"
    rf"|[,.;:(]| - | – | — )",
    re.IGNORECASE,
)
"""Where the words for a role end: `a Finnish teacher | designed to help beginners`."""

AFTER_ROLE: Final = re.compile(
    r"^(?:,? ?(?:who|that|which|designed|created|built|made|tasked|dedicated|trained|responsible|capable"
    r"|specialized|specialised|specializing|specialising"
    r"|focused|focusing|working|helping|assisting|skilled|equipped|proficient|experienced|is|are|has|with|in|to"
    r"|for|of|on|at|an?|the|deep|extensive|strong|expertise|knowledge|experience|excels|exceptional|and)\b)+ ",
    re.IGNORECASE,
)
"""What leads from a role that says nothing to what it is for: `an expert | in refactoring Java methods`."""

FLATTERY: Final = re.compile(
    r"^(?:(?:very|highly|extremely|exceptionally|an?|the|helpful|friendly|expert|experienced|professional|skilled"
    r"|skillful|seasoned|senior|talented|world[- ]class|world[- ]renowned|renowned|leading|top"
    r"|master|best|great|knowledg(?:e)?able|specialized|specialised|advanced|intelligent|smart|brilliant|creative"
    r"|insightful|compassionate|empathetic|meticulous|dedicated|proficient|qualified|accomplished"
    r"|powerful|sophisticated|cutting-edge|virtual|versatile|thoughtful|kind|polite|curious|thorough|careful"
    r"|patient|and|ai)(?:,? ))+(?=\S+ \S+)",
    re.IGNORECASE,
)
"""Praise in front of a role: `a friendly and helpful | research assistant`."""

PLACEHOLDER: Final = re.compile(
    r"\$\{[^{}\n]{1,80}\}|\{[a-z]+ [^{}\n]{1,80}\}|\$ARGUMENTS\b|\$\d\b|\{\{[^{}\n]{0,80}[ |.:][^{}\n]{0,80}\}\}"
    r"|\\\([A-Za-z]{1,40}\)"
)
"""A hole in a template: `${selection}`, `{argument name=…}`."""

TASK_HEADINGS: Final = frozenset(
    {"task", "your task", "the task", "task description", "goal", "objective", "request", "user request",
    "mission", "problem", "problem statement", "issue",
     "question", "todo", "what to do", "assignment", "challenge", "purpose", "任务", "目标", "需求", "задача",
     "aufgabe", "tarea", "tarefa", "tâche", "課題", "작업"}
)  # fmt: skip
"""The first passage under one of these headings is what is asked."""

ASIDES: Final = frozenset(
    """rules rule constraints constraint notes note examples example format output outputs style guidelines
    guideline restrictions limitations environment setup
    prerequisites installation references links resources license contributing faq evaluation timeline prizes
    acknowledgments acknowledgements citation hints tips
    checklist requirements steps response tone 规则 限制 约束 注意 示例 输出格式""".split()
)
"""What stands under a heading with one of these words says how, not what."""

PERSONAL: Final = re.compile(
    r"(?:(?:hi|hello|hey),? )?(?:my (?:name|phone|number|email|e-mail|address|contact)\b|i live\b|i am \d|i'm \d"
    r"|(?:je m'appelle|ich hei(?:ß|ss)e|me llamo|mi nombre es|meu nome [ée])\b|我叫|меня зовут)",
    re.IGNORECASE,
)
"""A sentence that introduces a person: nobody's name, street or number belongs in a task's name."""

ADDRESSED: Final = re.compile(r"\A(?:[@/][A-Za-z][\w-]{0,39}[,:]?\s+)+(?=\S+\s+\S)")
"""`@bot fix lint errors`, `/plan add dark mode`: to whom or what it is said, not what."""

LOWER_CASE_NAMES: Final = frozenset(
    """npm npx pnpm yarn git pip pipx uv curl wget nginx kubectl helm systemd ffmpeg grep sed awk jq tmux vim zsh bash
    ssh rsync cmake gcc clang cargo rustc
    node deno bun eslint webpack vite pytest mypy ruff numpy pandas sqlite psql redis etcd containerd""".split()
)
"""Programs that write themselves in small letters, also at the start of a line."""

QUESTION: Final = re.compile(
    r"(?:how|what|why|who|whom|whose|which|where|when|is|are|was|were|do|does|did|can|could|should|shall|will"
    r"|would|has|have|am|may|might|any|whats|hows)\b",
    re.IGNORECASE,
)
"""How an English question begins; a request that was one only for politeness loses its question mark."""
