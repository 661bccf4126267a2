"""English phrases."""

TALK = r"""
^user (?:request|query|prompt|message|input|task|asks?):
^(?:the |this )(?:request|message|prompt|task|question|input|text) (?:concerns|relates|refers|describes|indicates|
    seeks|needs|calls)
^you're welcome
(?:involves?|consists of|requires?) (?:several|many|multiple|a few|a number of|the following|these)
^step \d+
^(?:the |this )?user is \w+ing
^(?:of course|sure thing|got it|no problem|definitely|certainly)
^(?:yes|no|sure|absolutely|ok|okay)(?: i| you| we| ?[-–—])
^(?:this|that|these|those)(?: \w+){0,3} (?:is|are|was|were|isn't|aren't|requires?|needs?|needed|seems?|looks?|
    appears?|does|
    doesn't|has|have|can|can't|cannot|could|would|will|won't|might|may|must|goes|falls|lies|violates?|contains?|
    lacks?|sounds?)
^needs? (?:to (?:know|see|understand|clarify|check|look)|more|further|some|additional)
^(?:in order )?to (?!do )[^,:]{1,60},
^it (?:depends|seems|means|works|returns|uses|takes|requires|will|should|may|might|could)
^they (?:want|need|ask|asked|would|seem)
^try (?:running|using|adding|setting|installing|checking|the|to|it|this|again)
^(?:run|execute|press|type|enter|use) (?:the (?:following|command)|git|npm|npx|yarn|pip|docker|kubectl|esc|sudo)
^(?:we|you)(?! are here)
^(?:let me|let us|let's)|^(?:hmm|okay|ok|alright|so|well|right),? (?:so|i|the|let|we)
(?:help\w*|assist\w*|answer\w*|reply\w*|respon\w+|regarding|concerning|about)(?: (?:with|to|on|for|about))? your
^i(?:'ll| will) (?:take|have) a look
^i (?!o |beam |frame )[a-z]+
^kindly
i (?:can|could|am able to) (?:do|help|assist|see|provide|access|view|offer)
^this (?:falls|goes|lies|requires|needs|involves|asks|could|can|will|should|must|may)
^i(?:'\w+)? (?:am|was|will|would|can|can't|cannot|could|couldn't|do|don't|did|didn't|won't|need|think|
    believe|see|understand|apologi[sz]e|assume|suggest|notice|have|haven't|had|must|should|shall|appreciate|
    recommend|hope|want|lack|require|only|also|currently|just|really)
^i'(?:m|d|ll|ve)
i(?:'m| am) (?:sorry|unable|not|just|an?|afraid|happy|here|going|only|currently)
i (?:can't|cannot|can not|couldn't|don't|do not|won't|will not|wouldn't|haven't|have no|lack)
i(?:'d| would) (?:be|suggest|recommend|need|like)
^we (?:can't|cannot|are unable|apologi[sz]e|need to|should)
^(?:so |very |i'm |we're )?sorry(?:[,.!:;]| but| i| we| about| for| to| this| that)
^(?:my )?apologies
^unfortunately
^regrettably
^(?:sure|certainly|of course|absolutely|okay|ok|alright|all right|great|got it|understood|yes|yeah|no|well|
    hmm|right|perfect|no problem|noted)(?: thing)?[,.!:;]
^(?:hello|hi|hey|greetings|welcome|good (?:morning|day|evening))(?: there| again)?[!,.]
^here(?:'s| is| are| you go| goes)
^(?:below|the following) (?:is|are)
^this (?:project|link|url|repo|repository|file|code|content|issue|website|page|text|input) (?:is|appears|
    seems|looks|cannot|can't|could|does|contains|might|isn't|was not)
^this (?:is|was|appears|seems|looks|sounds|task|request|message|prompt|conversation|would be|cannot|can't|
    isn't|doesn't)
^(?:it|that)(?:'s| is| seems| looks| appears| sounds| would| was| isn't)
^there (?:is|are|was|were|isn't|aren't|seems?) (?:no|not|nothing|insufficient|only|to be)
^(?:what|how|which|where|when|who)(?: \w+)? (?:can|may|might|would|do|did|should|are|is|were|was|could|
    will) (?:i|you|we)
^(?:could|can|would|will|do|did|are|have|may|shall) (?:you|i|we)
^you(?:'re|'ll|'ve|'d| are| can| could| should| need| may| might| have| haven't| want| asked| did| didn't|
     will| must| seem)
your (?:message|request|prompt|question|task|input|query|instructions?|conversation)
^please
^(?:looks|seems|sounds|appears|feels)(?: like| that| to be| as)
(?:would|might|could) (?:help|be (?:helpful|needed|required|useful|great|nice|appreciated))
^let(?:'s| me| us)
as an? (?:ai|large|language|artificial|llm|assistant|chatbot|text|virtual|helpful)
^based on (?:the|your|this|that|what|our|my)
^(?:given|considering|without|from) (?:the|your|this|that|more|any|further) (?:information|context|request|
    message|prompt|details?|input|description|text)
^(?:to|in order to) (?:do|fix|solve|achieve|answer|accomplish|implement|create|help|assist|proceed|give|
    provide|complete)(?: you)? (?:this|that|it|your|you|these|with)
^(?:first|firstly|next|then|finally|step 1|step one),? you
^(?:first|firstly|secondly|finally),
^the (?:user|person|human|developer|customer) (?:wants|is asking|asks|asked|is requesting|requests|
    requested|would like|needs (?:me|help|to|a)|wishes|seems|appears|just|greets|greeted|says|said|provided|
    has (?:asked|provided|requested|given|not|sent)|didn't|did not|hasn't|is trying|wrote|sent)
^(?:user|human) (?:wants|asks|asked|is asking|requested|greets|greeted|says|said|hasn't|has not|did not|
    didn't|would like|is trying)
^the (?:request|message|prompt|task|question|input|text|conversation) (?:is|was|seems|appears|asks|wants|
    mentions|does|doesn't|contains|has|lacks|about|involves|requires|looks)
^the (?:answer|title|name|slug|solution|display name|best (?:title|name)|requested \w+|
    correct answer) (?:is|would|could|should|for)
^(?:my|one|a possible|a suitable|an? appropriate|a good|a concise|a short|another) (?:answer|suggestion|
    title|name|response|option|slug|recommendation)(?: \w+)? (?:is|would|could|might|for)
(?:name|title|slug|label) for (?:your|this|the) (?:task|request|conversation|prompt|message|chat|session|issue)
kebab-?case (?:git |branch |task )?(?:name|slug|title|version|identifier)
json (?:you|as) requested
(?:the |your )?requested json
(?:happy|glad|able|here|pleased|ready|willing) to (?:help|assist)
hope (?:this|that) helps
let me know
feel free to
thank(?:s| you) for (?:your|the|sharing|reaching|asking|providing)
don't have (?:access|the ability|enough|any|permission|information|context|details)
(?:do|does) not have (?:access to (?:the )?(?:internet|web|external|links?|urls?|page|content)|the ability|
    enough (?:context|information|details))
^(?:the |this )?(?:assistant|model|ai|bot|claude|chatgpt|llm|system) (?:cannot|can't|is unable|could not|
    couldn't|does not|doesn't|lacks|has no|is not able|refuses|refused|declines|declined)
(?:can|could|would|will) you (?:please )?(?:provide|share|clarify|tell|give|paste|describe|explain|
    elaborate|specify)
"""

INABILITY = r"""
^(?:currently |still )?(?:unable|not able|not possible|impossible|incapable|inability|failed|failure|
    forbidden|not allowed|not permitted) (?:to|of)
^(?:cannot|can't|can not|could not|couldn't|won't|will not)
"""

CAPABILITY = r"""
access\w*|open(?:ing)?|brows\w+|visit\w*|view\w*|fetch\w*|retriev\w+|read|see|load|follow|help|assist|
    comply|complet\w+|fulfil\w*|process|perform|determine|understand|identify|interpret|answer|respond|provide|
    generat\w+|create|produce|summari\w+|name|title|suggest|execute|proceed|continue|find|locate|parse|extract|
    analy\w+|review|inspect|examine|verify|check|look|support|share|engage|discuss|write|have
"""

META = r"""
^(?:the )?users? (?:expresses|expressing|sharing|shares|stating|mentions|mentioning|describes|describing|indicates|
    responds|replied|
    replies|acknowledges|thanks|confirms)
(?:appears|seems) to (?:be|have|come|indicate|need)
^(?:thinking|brainstorming|considering|deciding) (?:about|of|on|a|the|what|how)
^(?:just|only|simply|merely) (?:an?|the|one)
behind (?:the |a )?(?:link|login|url|paywall)$
^ready(?: to| when| for)
^(?:npx|sudo|curl -\w+|pip install|npm (?:i|install|run)|yarn add|git (?:clone|reset|checkout|stash))
(?:programming|coding|software|technical|development|code|computer)(?: \w+)? (?:help|assistance|request|question|
    inquiry|
    discussion|chat|conversation)(?: request)?$
^error (?:generating|processing|creating|producing) (?:a |an |the |this |your )?(?:title|name|response|reply|answer|
    output|
    summary|request)
(?:ethical|safety|policy|legal|privacy|security) (?:concerns?|reasons?|guidelines?|considerations?|
    constraints?) (?:prevent|
    prohibit|forbid|preclude|block)\w*
^no \w+(?: \w+)? (?:was|were|is|are|has been|have been) (?:pasted|provided|given|shared|attached|included|supplied|
    found|described)
^\w+(?: \w+){0,2} (?:is|are) (?:an?|the|when|used|one)
^users? changed
(?:under|at most|up to|max(?:imum)?|within|less than|fewer than) \d+ (?:chars?|characters|words)
must be (?:provided|given|shared|specified|supplied|attached|included)
turned down$|^asking (?:the )?user|(?:model|assistant|ai) (?:speaking|here|responding)$
^(?!.*\btype i\b)(?:.*[ ,;])?i(?= [a-z]|$)
(?:my|mine|myself)|(?:to|for|with|from|by) me(?: yet| here| now)?$|forgive me
(?:needs?|requires?|check(?:ing)?|share|sharing|provide|paste|send|depends on|based on|understand|seeing) your
not (?:yet |been )?(?:received|attached|uploaded|included|supplied|provided|stated|specified|
    mentioned|
    indicated|given|described|identified|explained|viewable|retrievable|readable|actionable|
    recogni[sz]ed)(?: \w+){0,2}$
requires? (?:a )?(?:login|permission|authentication|credentials|sign-?in|authori[sz]ation)$
(?:with no|without(?: any| an?)?|has no|lacks|contains? no) (?:\w+ )?(?:explanation|task|details?|information|
    instructions?|question|context|request|meaning|content|text)$
^(?:keyboard|key) (?:mash|smash|press|input)\w*
\d ?(?:-|to|–) ?\d words?|(?:in |sentence |title )(?:sentence|title|kebab|lower) ?-?case$
^(?:(?:refused|rejected|blocked|denied|declined|error|warning|note|result|output|answer)[^\w]{1,3})?(?:potentially |
    possibly |likely )?(?:
    illegal|harmful|unsafe|malicious|unethical|dangerous|disallowed|prohibited|inappropriate)(?: \w+)? (?:activity|
    content|request|code|task|material)(?: \w+){0,2}$
^.*[,;:(–-] ?(?:no|without|missing|lacking)(?: \w+){0,2}? (?:task|instructions?|question|request|context|explanation|
    description|details?|action|goal)(?: \w+)?[^\w]*$
^(?:an? |the )?json (?:object |output |response )?(?:with|containing|of) (?:the )?(?:name|fields|keys|display|title)
^something went wrong
^(?:\w+_error|(?:api |server |http )?error(?: code)? ?:? ?\d{3}(?::.*|$))
(?:required|needed|necessary|missing) (?:for|to|before) (?:(?:the|this|any|a) )?(?:fix\w*|proceed\w*|nam(?:e|ing)|
    title|
    review|analysis|continu\w+|help\w*|answer\w*|complet\w+|task|start\w*|begin\w*|assist\w*|determin\w+|translat\w+)$
^(?:cannot|can't|unable to) \w+ without
because
(?:underspecified|under-specified|ill-defined|undefined|unspecified)(?: \w+){0,2} (?:request|task|prompt|question|
    goal)$
^(?:assistance|help|support|helping|assisting|aid)(?: \w+)? (?:with|for|on|regarding|about)(?: .*)?$
^(?:request|asking|need|wanting|wish) (?:to|for) (?:view|open|access|read|visit|see|check|fetch|help|assistance|
    support)\w*(?: .*)?$
^users? (?:wants?|needs?|seeks?|is (?:looking|asking|seeking)|looking|asking|seeking|requires?)(?: .*)?$
^user(?:'s)? (?:intent|intention|wish|goal|need)s?(?: .*)?$
^(?:task|title|name|session|chat|thread|conversation)[ -](?:naming|titling|name|title) (?:request|generation|
    suggestion|
    creation|task)(?: .*)?$
^(?:title|name|slug) (?:generation|suggestion|request|creation)(?: (?:for|of|request|task)(?: .*)?)?$
^(?:naming|titling) (?:the |a |this )?(?:task|request|session|chat)(?:[^\w].*)?$
^(?:generate|create|suggest|provide|write|come up with|propose|give|find)(?: \w+){0,2} (?:title|name|
    slug)s? for(?: .*)?$
^(?:viewing|opening|accessing|reading|browsing|following|loading|visiting)(?: \w+){0,4} (?:isn't|is not|
    is impossible|not|
    can't|cannot)(?: .*)?$
^nothing (?:to|was|is|here|for|has)(?: .*)?$
^(?:small ?talk|chit-?chat|casual (?:user )?(?:conversation|chat|message|greeting|remark|talk)|
    (?:conversational|social|friendly) (?:message|exchange|greeting|remark))$
(?:message|request|prompt|input|task|question|topic|text|query|instructions?|intent|context|description|
    content|subject|goal|sentence|information|details|meaning|conversation)s? (?:is|was|are|were|seems?|
    appears?|got|gets|has been|have been|looks?|remains?|ends?|too|cuts?|lacks?|needs?|requires?|
    stops?)(?: \w+){0,3}? (?:unclear|truncated|incomplete|ambiguous|vague|missing|empty|cut|short|unknown|
    undefined|unspecified|insufficient|provided|abruptly|off|clarification|context|clear|mid-?sentence|
    unreadable|nonsensical|gibberish|specific|brief|details?|meaningful|understandable|unintelligible)
(?:message|request|prompt|input|task|question|topic|text|query|intent|subject|goal|sentence|context|
    description|instructions?|conversation|content)s? (?:unclear|incomplete|ambiguous|too vague|not (?:clear|
    provided|specified|given|understood|complete|available|included|found)|unspecified|undefined|unknown|
    missing|undetermined|needs? clarification|cut (?:off|short)|truncated)
^(?:unclear|ambiguous|vague|incomplete|truncated|unknown|undefined|unspecified|insufficient|missing|empty|
    partial|unfinished|cut-?off|garbled|nonsensical|undetermined|indeterminate|generic|general|blank|
    fragmentary|interrupted|unintelligible|incoherent)(?: (?:user|users|user's|task|input|incoming|initial|
    original|prompt|message|the|or|and|request|project|coding|test|sentence|text|question|single|random|partial|
    incomplete|vague|short|clear|specific|further|other|any|sufficient|enough)){0,2} (?:message|request|prompt|
    input|task|question|topic|text|query|instructions?|intent|context|description|information|details|content|
    sentence|subject|inquiry|thought|fragment|goal|data|conversation|purpose)s?(?: (?:provided|received|
    submitted|given|detected|from user))?$
^(?:no|not enough|insufficient|lack of|lacks|lacking|missing|needs? more|more|additional|further|inadequate|
    too little)(?: \w+){0,2}? (?:task|message|prompt|context|details?|description|request|information|info|
    instructions?|content|topic|input|subject|question|data|text|goal|clarity)s?(?: (?:provided|given|specified|
    found|available|needed|required|supplied|included|detected|shared|stated|present|identified|received|for|to|
    was|is|were|are|has|been|yet|at all|here|in|from|about|a|the|this|prompt|message|name|title|task|naming|
    request|determine|proceed|user|identify|summari[sz]e|understand|generate|create|project|infer|topic))*$
^(?:request(?:ing|s)?|asking|ask|needs?|needing|awaiting|waiting|await|seeking|requires?|requesting|pending|
    wait)(?: on)?(?: for)?(?: \w+){0,3}? (?:clarification|details|information|instructions?|input|task|context|
    texts?|contents?|
    description|response|specifics|confirmation)(?: (?:to proceed|from user|needed|required|before proceeding|
    from the user|description|on .*|about .*|for .*))?$
^(?:clarif(?:ication|y)|more (?:info|information|details?|context)|further details?|additional (?:info|
    information|context|details?)|user input)(?: \w+){0,4}? (?:needed|required|requested|request|necessary)
^skip(?:$|[,.:;]| this| -)
(?:refus\w+|declin\w+) (?:to|of) (?:assist|help|answer|comply|engage|provide|create|do|write|fulfil\w*|
    generate|perform)\w*
^(?:request|response|task|prompt|query|content|action)s? (?:denied|declined|refused|rejected|blocked|
    cannot be \w+|not (?:possible|permitted|allowed|supported)|unavailable)$
^(?:polite )?(?:refusal|denial|rejection)(?: (?:of|to) .*)?$
(?:violat\w+|against|breach\w*|contrary to|prohibited by|due to)(?: \w+){0,3} (?:polic\w+|guidelines?|terms|
    rules|restrictions|limitations?)
(?:ethical|safety|policy|content|usage) (?:guidelines?|polic\w+|concerns?|restrictions?|
    violations?)(?: (?:prevent|prohibit|forbid|apply|violation|triggered|concern)\w*)?$
^(?:harmful|inappropriate|unethical|illegal|unsafe|disallowed|prohibited|malicious|sensitive|
    potentially \w+)(?: \w+)? (?:content|request|activity|material|task|prompt)s?(?: (?:detected|declined|
    refused|blocked|rejected))?$
^(?:no|without|lacks?|lack of|lacking|limited|missing|requires?|requiring)(?: \w+){0,3}? (?:access|
    capability|capabilities|ability|browsing|internet|permission)(?: .*)?$
(?:access|browsing|retrieval|links?|urls?|content|websites?|webpages?|page|sites?|internet|issue|capability|
    website access|web)(?: \w+){0,5}? (?:restricted|restrictions?|unavailable|not available|inaccessible|
    not accessible|not supported|not possible|impossible|(?:cannot|could not|couldn't|can't) be \w+|
    not provided|not included|unsupported|not permitted|limited|limitations?|requires? access|required|beyond|
    unreachable|unreadable|disabled|not loaded)
^(?:inaccessible|unreachable|unavailable|unreadable|unopenable|unviewable)(?: \w+){0,3}$
^(?:provide|share|paste|send|give|supply|specify|describe|clarify|attach|upload)(?: \w+){0,3}? (?:details?|
    information|context|contents?|text|description|task|request|clarification|issue|code|link|more|
    question)s?(?: .*)?$
^(?:api )?error(?: code)?: ?
^(?:api |http |server )*error(?: code)?[: ]*\d{3}[^\w]*$
^(?:internal server error|bad gateway|service unavailable|gateway timeout|too many requests|
    rate limit(?: exceeded| reached| error)|invalid api key|overloaded|connection error|request (?:timed out|
    failed)|context length exceeded|quota exceeded|insufficient (?:credits?|quota|funds)|credit balance)
request failed with
^user(?:'s)? (?:gratitude|thanks|appreciation|farewell|goodbye|confusion|frustration|feedback|acknowledg\w+)$
^user(?:'s)? (?:request|message|greeting|input|query|prompt|question|inquiry|says|task|statement|
    asks?)(?: \w+)?(?: (?:incomplete|unclear|truncated|missing|received|with no task|without task|about .*|
    for .*|regarding .*|to .*))?$
(?:hasn't|haven't|has not|have not|wasn't|was not|weren't|not been|isn't|is not)(?: been)? (?:provided|
    shared|specified|given|stated|supplied|included)
with(?:out| no) (?:a )?(?:task|context|request|details?|instructions?|topic|specifics)$
^(?:random|gibberish|nonsense|meaningless|unrecogni[sz]ed|unintelligible)(?: \w+)?(?: text| input|
     characters| string| message| request)?$
^(?:json|response|output|title|name|slug|task name|title) (?:generation|creation|naming|response|output|
    format|object)s?(?: (?:task|request|failed|error))?$
"""

PLACEHOLDER = r"""
acknowledg\w+|affirmation|gratitude|appreciation|laughter|farewell|(?:new )?thread|no (?:results?|answer|output|
    response|name|input)
untitled(?:[ -]\w+)?(?: \d+)?
not (?:sure|specified|given|provided|available|possible|clear|known|a task|enough|supported|named|set|stated|
    determined|found)|
    unclassified|uncategori[sz]ed|names? and display ?names?|(?:\w+ )?(?:thread|ticket|topic|chat|item) (?:title|name)
abort\w*|abstain|cancel\w*|pass|done|finished|complete[d]?|no[- ]?op|ignored?|invalid|retry|waiting|success|true|
    false|fail|
    unspecified|(?:un|in)determined|unclear|ambiguous|insufficient|unavailable|inconclusive|unsupported|
    unauthori[sz]ed
(?:insert|enter|add|put|provide|choose|pick|default|standard|temporary|temp|dummy|blank|empty|final|proposed|
    possible)(?: \w+)? (?:title|name|text|label|task|slug|conversation|chat|session|value)(?: here)?
n/?a|not applicable|none|null|nil|undefined|nothing|unknown(?: \w+)?|unnamed(?: \w+)?|untitled(?:[ -]\w+)?|
    no title|no name|tbd|todo|placeholder(?: \w+)?
(?:the |a |an |my |your |new |some |short |concise |example |sample |test |generic |current |user |coding |
    generated |suggested |proposed )*(?:task|title|name|slug|display[ _-]?name|task[ _-]?name|task[ _-]?title|
    title[ _-]?name|conversation|chat|session|request|prompt|message|question|query|response|answer|reply|
    output|result|summary|input)(?: here| goes here| \d+)?
(?:kebab[ -]?case|human[ -]?readable|snake[ -]?case)|(?:kebab[ -]?case|human[ -]?readable|short|descriptive|
    concise|url|display|plain ascii)(?:[ -]\w+)?[ -](?:name|title|slug|display name|here)(?: here)?
(?:(?:a|an|the|your|this|that|its|short|concise|brief|clear|descriptive|human|readable|kebab|case|plain|
    ascii|lower|lowercase|hyphenated|url|safe|friendly|machine|display|task|coding|issue|suggested|generated|
    few|word|words|in|of|for|language|user's|request|prompt|english|same|as|describing|describes)[ -]|
    human-)*(?:title|name|slug|label|summary|description|kebab|slugs|identifier)(?:[ -](?:in|of|for|the|a|an|
    this|your|that|user|user's|users|language|task|request|prompt|english|same|as|written|describing|describes|
    here|string|text|goes|original|own|coding|work))*
skip(?:ped)?|error|errors|failed|failure|refused?|refusal|denied|rejected|declined|sorry|sure|ok|okay|yes|
    no|empty|blank|general|misc|miscellaneous|other|various|string|json|title here|name here|
    lorem ipsum(?: .*)?|foo|bar|example|help needed|assistance needed|user assistance|general (?:task|request|
    inquiry|question|assistance|help)|coding (?:task|help|assistance)|(?:new )?(?:coding|agent)[ -]task
"""

FAILURE = r"""
nobody|no one|not|without|disappear\w*|vanish\w*|complain\w*|forgets|drops?|weird|confus\w+|unclear|instead of
can't|cant|cannot|can not|couldn't|could not|unable|not able|impossible|fail(?:s|ed|ing|ure|ures)?|errors?|
    broken?|breaks|bugs?|bugg\w+|crash\w*|doesn't|does not|doesnt|don't work|isn't|won't|wont|never|nothing|
    refus\w+|denied|deny|time(?:s|d)?[ -]?outs?|timing out|hangs?|hanging|stuck|wrong\w*|down|problems?|
    exceptions?|rejected|blocked|missing|stopped|not (?:working|found|loading|connecting|responding|reachable|
    possible|allowed|being)|unreachable|forbidden|401|403|404|500|502|503|econn\w+|flak\w+|slow|no longer|lost|
    loses|leak\w*|dies|died
"""

OVERRIDE = r"""
stop (?:naming|summari[sz]ing|titling|your task|being)
(?:ignore|disregard|forget|override|bypass|skip|drop)(?: \w+){0,3}? (?:previous|above|prior|earlier|
    preceding|system|your|these|former|all|any)(?: \w+){0,3}? (?:instructions?|prompts?|rules?|directions?|
    messages?|guidelines?|commands?|context|text)
(?:ignore|disregard|forget) (?:all of |everything )?(?:the )?(?:above|previous|everything|prior)
(?:new|updated|real|actual|revised|override) (?:system )?(?:instructions?|rules?|prompt|directive):
you are (?:now|no longer|from now on)|from now on,? (?:you|reply|respond|answer)
(?:system|developer|admin) ?(?:prompt|message|override|note)?:
jailbreak|do anything now|developer mode|end of (?:prompt|task|instructions?|user input)
"""

DEMAND = r"""
(?:reply|respond|answer|output|print|say|return|echo|repeat|write|type|emit|send back|give me|tell me|
    show)(?: \w+){0,3}?(?: only| just| exactly| simply| verbatim| literally)? ?(?:with|back|as|the (?:word|
    words|text|phrase|string|title|name|following|sentence))?(?: the (?:word|words|text|phrase|string|title|
    name|following|exact \w+|single word))?(?: only| just| exactly| simply| following)*
(?:name|title|call|label|rename|display_name|set the (?:name|title|display name))(?: (?:it|this|the|task|
    chat|session|conversation|this task|the task|thread))*(?: to| as| is| must be| should be)?
(?:the |your |its )?(?:name|title|slug|display[ _-]?name|answer|output|response|reply) (?:is|must be|
    should be|shall be|has to be|will be|to|=)
"""

THINGS = r"""
scope|here|approach
project|repo|codebase|program|function|script|snippet|command|description|target|subject matter
state|log|pasted|schema|what|which
(?:target|audio|video|recording|picture|photo|pdf|doc|spreadsheet|attachments?|upload|uploaded|received|permission|
    credential|loaded|opened|
    viewed|fetched|retrieved|accessed|visited|processed|completed|fulfilled|named|diff|repo|repository|credential|
    file|image|screenshot|attachment|history|record|memory|message|request|
    prompt|input|task|question|topic|text|query|querie|instruction|intent|context|description|content|subject|
    goal|sentence|information|info|detail|meaning|conversation|document|documentation|link|url|page|webpage|
    website|site|web|internet|external|online|user|assistant|model|ai|title|name|naming|slug|answer|response|
    reply|keyboard|character|letter|word|string|fragment|phrase|resource|provided|shared|given|specified|linked|
    referenced|supplied|included|submitted|attached|requested|specific|actual|single|any|enough|more|further|
    additional|clear|valid|meaningful|sense|purpose|data|source|issue|ticket|access|accessing|accessible|open|
    opening|view|viewing|read|reading|load|loading|fetch|fetching|retrieve|retrieving|retrieval|browse|browsing|
    visit|visiting|follow|help|assist|assistance|guidance|interpret|interpreted|understand|understood|determine|
    determined|identify|identified|identifiable|recogni[sz]ed|detected|found|available|possible|permitted|
    allowed|supported|complete|able|can|could|do|does|have|has|been|seems?|appears?|here|there|only|yet|due|cut|
    off|mid-sentence|code|shared|direct|directly|tool|action|claude|concern|process|processing|generate|
    generation|summary|summari[sz]e|private|remote|live|real-time|current|me|assistants|llm|chatbot|bot|comply|
    compliance|fulfil|fulfill|answering|respond|responding|support|discernible|coherent|actionable|particular|
    contained|body|typed|typing|spam|noise|sequence)s?
"""

LACKS = r"""
paste|pasting|copy and paste
empty|out of (?:reach|scope|bounds)|withheld|locked|private|zero|contextless|malicious|illegal|dangerous|unlawful|
    seeking|struggling|
    unopened|unsolicited|off-limits|too (?:vague|short|broad|generic|general|ambiguous|little|few)|unfinished|
    unrelated
unfinished
not|under-?specified|ill-defined|unsure|uncertain|no|none|nothing|never|cannot|can't|without|missing|lacks?|lacking|
    required?|requires|
    requiring|needed|needs?|necessary|impossible|inaccessible|unreachable|absent|unavailable|unable|unclear|
    vague|invalid|incomplete|fragment|random|gibberish|nonsense|nonsensical|meaningless|incoherent|
    unintelligible|unknown|unidentified|unidentifiable|unrecogni[sz]ed|ambiguous|ambiguity|insufficient|limited|
    limitations?|restrictions?|restricted|refus\w+|declin\w+|denied|denial|rejected|sorry|apolog\w+|truncated|
    unspecified|undefined|undetermined|unsupported|awaiting|waiting|pending|clarif\w+|inability|incapable|
    prohibited|forbidden|blocked|violat\w+|harmful|unsafe|inappropriate|unethical|unreadable|undecipherable|
    indecipherable|stopped|abandoned|unanswerable|off-topic|won't|don't|isn't|couldn't|doesn't
"""

TURNS = r"""
informal|formal|letters|repeated|digits|characters|thanking
initial|starter|opening
slug|generated|successfully|negative|positive|response|ended|digit|character|letter|unfinished|left|single|phrase|
    input
greetings?|hello|gratitude|thanks|appreciation|farewell|goodbye|acknowledg\w+|affirm\w+|agreement|inquir\w+|enquir\w+|
    requests?|requested|requesting|prompts?|received|receipt|conversations?|chats?|closing|laughter|assistance|
    clarification|placeholder|titles?|non-?actionable|utterance|remarks?|expression|friendly|polite|casual|
    generic|general|(?:single|one)[ -](?:word|letter)|emoji(?:-only)?|reply|naming|titling|descriptive|concise|brief|
    short|small ?talk|interaction|dialogue|discussion|exchange|session|turn|follow-?up|continuation|confirmation|
    untitled|unnamed|question|says?|said|asks?|asked|asking|wants?|wanted|sends?|sent|simple|basic|
    suggested|suggestion|possible|explanation|meta|capabilit\w+|abilit\w+|limitations?|thought|
    earlier|previous|prior|past|last|reference|repeat|repetition|unrelated|only|instructions?|intent
"""

ERRORS = r"""
too (?:large|long|big)
errors?|unavailable|unauthori[sz]ed|forbidden|denied|refused|time(?:d)?[ -]?outs?|exceeded|overloaded|overload|
    invalid|
    unexpected|unhandled|exception|bad gateway|bad request|not found|too many|failed|failure|wrong|oops|fatal|
    traceback|
    aborted|cancelled|canceled|exhausted|reached|econn\w+|etimedout|enotfound|disabled|hang up|insufficient|crashed
"""

SERVICES = r"""
service|server|gateway|network|connection|temporarily|reset|limits?|rate|quota|requests?|unknown|internal|many|found|
    status|code|api|key|http|credits?|balance|low|tokens?|json|syntax|parse|parsing|position|end|input|something|went|
    occurred|try|again|later|retry|model|context|length|max|maximum|please|permission|authentication|billing|account|
    stop|reason|stop_reason|max_tokens|socket|deadline|response|process|exited|with|html|doctype|undefined|null|
    stack|x
"""

WORK = r"""
designing|design$|styling|layout|optimi[sz]e|polish|extend|introduce|translate|write|draft
redesign\w*|fix\w*|add(?:ed|ing|s)?|improv\w+|handl\w+|implement\w*|refactor\w*|updat\w+|remov\w+|build\w*|
    setup|set up|prevent\w*|show\w*|dismiss\w*|mak(?:e|ing)|migrat\w+|renam\w+|audit\w*|validat\w+|replac\w+|
    mov(?:e|ing)|convert\w*|debug\w*|investigat\w+|optimi[sz]\w+|configur\w+|deploy\w*|upgrad\w+|let|allow|
    enabl\w+|disabl\w+|hid(?:e|ing)|pars(?:e|er|ing)|render\w*|rout\w+|cach\w+|styl\w+|port|wire|swap|clean ?up|
    rework|rewrite|speed up|banner|button|endpoint|component|dialog|toast|modal|menu|field|form|crash\w*|bug|
    test(?:s|ing)
"""
