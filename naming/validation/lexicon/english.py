"""English words."""

SMALL = {
    "en": """
the and of to in for with from on at by is are not when after before without into over under during while if that
this these those its it their your my our a an as or be was were has have had does doesn do don did didn can cannot
will won should would could why how what which who where there here all any every only too never still so i you we us
no up out off about between instead because than then also more much again since until each other both some please me
using isn aren hasn them they he she once even last am per non pro her him his man men die dies den hat ten sin
"""
}

WORK = {
    "en": """
add adding added fix fixing fixes fixed create creating implement implementing improve improving remove removing
delete deleting handle handling investigate explain write make making change move rename replace convert speed optimize
optimise generate show hide allow prevent enable disable ensure check find get use try update updating upgrade clean
simplify migrate rewrite extract send receive store save load search validate verify set apply connect resolve
troubleshoot diagnose analyze analyse summarize summarise describe translate run stop start open close restore reduce
increase limit split avoid introduce integrate extend expose configure install document download upload bump adjust
align restrict reject refuse look help understand learn develop draft compare calculate count compute track notify keep
let switch turn paginate redesign rework restructure clarify read display sort act give take put call accept return
require request respond reply build debug refactor test setup review identify
"""
}

THINGS = {
    "en": """
page pages button buttons user users error errors message messages settings setting customer customers order orders
invoice invoices payment payments file files list lists table tables form forms field fields account accounts password
passwords homepage issue issues problem problems failing failed failure failures missing broken slow fast faster wrong
empty new old unused temporary duplicate invalid unknown working loading sending receiving authentication authorization
connection database website screen view image images document documents report reports price prices product products
project projects task tasks language name names address number time day week month year phone response example examples
documentation component components function functions method variable parameter color size style theme background
overview processing validation tracking notification notifications monthly daily weekly hourly nightly works crashes
crash fails shows column columns row rows key keys value values memory question questions answer answers access upload
uploads emails tests received sent not shown shopping cart items item mail flow option options support dependency
dependencies tool tools game games guide research article articles security strategy platform performance check
comparison replacement conversion confirmation mobile phones
creation correction suppression charge retire changer favor mere plus converter sender tester resolver verifier
installer imagine base contact come sense care taken side met handy dig till bare door dan visa felt lag gem alt
"""
}

LETTERS: dict[str, str] = {}
ENDINGS = {"en": "ing|ness|tions?|ments?|able|ally"}
