"""Which words carry no subject: stop words by language, and the words that every prompt uses.

Data only. Accents are kept here; `plain` forms are made where they are read.
"""

from __future__ import annotations

from typing import Final

STOP_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """a an the and or but nor so yet if then than that this these those there here it its it's itself
            i you he she we they me my mine your yours his her hers our ours their theirs him us them of to in
            on at by for from with without within into onto upon over under about as is are was were be been
            being am do does did doing done has have had having will would shall should can could may might must
            not no also just very too such via per which who whom whose what when where why how all any each
            every both some up out off etc let lets let's s t re ve ll d m i'm i've i'd i'll you're you've we're
            we've they're isn't aren't wasn't weren't don't doesn't didn't can't cannot couldn't won't wouldn't
            shouldn't haven't hasn't hadn't that's there's what's because since while until though although
            whether either neither rather instead else between among across through during before after above
            below against toward towards along around whereas thus hence therefore however moreover e.g i.e eg
            ie only even still already now again ever never always often""",
        "es": """el la los las un una unos unas de del a al en y o u e pero que se no con sin por para como más
            es son ser está están estar su sus lo le les me mi mis tu tus te nos este esta estos estas ese esa
            esos esas esto eso si cuando muy ya hay cada donde desde hasta sobre entre también quiero necesito
            ha han fue porque sólo solo todo todos toda todas hacer nuestro nuestra""",
        "pt": """o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela pelos pelas para com
            sem e ou mas que se não ao aos à às é são foi ser estar está estão como mais quando seu sua seus
            suas ele ela eles elas isso este esta esse essa num numa já muito também meu minha meus minhas você
            vocês até entre sobre eu nosso nossa tem foram porque todo todos toda todas fazer pra""",
        "fr": """le la les l un une des du de d et ou mais donc or ni car que qui quoi dont où ce cet cette ces
            se s il elle on nous vous ils elles je j tu me te mon ma mes ton ta tes son sa ses notre nos votre
            vos leur leurs à au aux en dans par pour sur sous avec sans est sont été être a ont avoir ne n pas
            plus y c qu c'est lors chaque entre afin lorsque ainsi très depuis pendant avant après chez vers
            alors aussi si même tout tous toute toutes encore toujours doit peut fait cela ça celui celle ceux
            quand comme""",
        "de": """der die das den dem des ein eine einer einen einem eines und oder aber auch als wie wenn dass
            daß ist sind war wird werden wurde wurden nicht kein keine mit ohne für von vom zu zum zur im in am
            an auf aus bei beim nach über unter um durch es sie er wir ihr ich du man sich so nur noch schon
            kann können soll sollen muss müssen diese dieser dieses mein meine unser unsere unserer meinen
            meinem seine ihre bis damit ins werde wäre dann dort hier jetzt alle allen gibt
            etwas dafür dabei""",
        "it": """il lo la i gli le un uno una di del della dei delle dello degli a al alla ai alle in nel nella
            nei nelle da dal dalla e o ma che non con per su sul sulla come è sono essere si ci mi ti questo
            questa quando più mio mia miei mie tuo tua suo sua nostro sia anche se cui dove ogni tutto tutti
            tutte ha hanno deve""",
        "ru": """и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было вот
            от меня о из ему теперь когда даже ну ли если или ни быть был до вас для при об это этот эта эти под
            над без их мой моя мы нам нас чтобы который которая которые есть будет также можно нужно уже после
            перед между где тут там наш наша""",
        "tr": """ve bir bu da de ile için olarak gibi daha ne o mi mı mu mü çok ben sen biz siz şu her ama veya
            ya hem en olan kadar sonra önce bana bize""",
        "cs": """a aby ale ani až co do i jak jako je jsem jsou k ke který která které ma má mi na nebo o od po
            pro při s se si tak to u v ve z za ze že můj moje tento tato byl byla být jsme není také už když kde""",
        "pl": """a ale aby co czy dla do i jak jest już lub na nie o od oraz po pod przez przy się są ta tak ten
            to w we z za że był była być mój moja nasz który która które gdy gdzie też bardzo może""",
        "nl": """de het een en of maar van voor met op aan bij naar uit is zijn was wordt niet geen dat die dit
            deze als ook in te ik je jij jouw u uw we wij ons onze mijn hij zij ze er om dan door over onder
            tegen tot nog al wel kan kunnen moet moeten wil waar wanneer omdat""",
        "ar": """في من إلى على عن مع هذا هذه ذلك التي الذي أن إن لا ما هو هي كان كل أو ثم قد لي هناك بعد قبل عند
            و لكن حتى إذا يجب""",
        "hi": """के का की को में से है हैं और पर यह वह एक लिए कि भी तो ने हो मेरे मेरी""",
    }.items()
}

WEAK_VERBS: Final = frozenset(
    """create creates created creating write writes writing written make makes making made build builds building built
    generate generates generating generated develop develops developing developed provide provides providing provided
    produce produces producing give gives giving given get gets getting use uses using used need needs needed needing
    want wants help helps helping ensure ensures ensuring make include includes including included allow allows
    allowing
    allowed enable enables enabling perform performs performing do take takes taking work works working try tries
    trying
    find finds finding show shows showing tell see look looks looking explain describe describes describing introduce
    introduces introducing propose proposes proposing consider assist assists assisting focus start starting started
    become becomes keep keeps keeping know understand understanding determine think act acts acting offer offers
    offering specializing specialized dedicated designed following based related come comes go goes going happens
    happen
    seems seem call called calls contains contain containing cause causes causing require requires required requiring
    implement implementing implemented implements introduced design designing define defines defined defining set
    sets setting
    please kindly lets determine determines identify identifying craft crafting say says said put puts""".split()
)
"""Verbs that say that something is asked, not what about."""

WEAK_WORDS: Final = frozenset(
    """thing things something anything everything way ways new current currently existing following various several
    many
    much more most other others another different same own specific particular certain general common possible
    available
    able necessary important good better best well great right detailed comprehensive complete completely full entire
    whole clear clearly concise simple simply easy easily high highly low large small big little long short first
    second
    last next previous one two three multiple single additional relevant appropriate proper properly correct correctly
    effective effectively efficient efficiently professional expert experts experienced skilled years year deep deeply
    advanced innovative creative unique robust seamless ability abilities capability capabilities knowledge expertise
    experience skill skills role goal goals task tasks job purpose objective objectives aim mission step steps process
    example examples case cases part parts kind kinds type types set number amount list lists item items name names
    value values information details detail content input inputs output outputs result results response responses
    answer
    answers question questions user users user's people person human assistant ai model prompt prompts instruction
    instructions request requests topic topics text texts word words sentence sentences paragraph page pages line
    lines
    file files folder directory data dataset code program programs application applications app project projects
    function method given provided i.e e.g etc overview summary description introduction background note notes context
    section sections format formats problem problems issue issues solution solutions change changes approach feature
    features support functionality system systems time times day days today yesterday tomorrow world today's really
    actually basically probably maybe perhaps especially usually typically generally sometimes often together like
    proposal pep rfc kep pr commit patch version versions level terms order point points place need needs sure
    bit lot lots number e tool tools based within vs versus level levels main specified selected chosen interactive
    interactively implementation implementations default defaults standard
    basic
    various now allow""".split()
)
"""Words of every prompt, weighed half.

They name nothing by themselves and stay where they are needed."""

NEGATIONS: Final = frozenset("don't dont do not never no without avoid stop".split()) - {"do"}
"""What turns a request around, so it stays where a line begins with it."""

NOT_ADVERBS: Final = frozenset(
    "nightly daily weekly monthly hourly yearly family assembly reply apply supply friendly anomaly only".split()
)
"""Words in `-ly` that say as much as others: `the nightly backup`."""
