"""What people write before a secret, in the languages they write in, and what they write there instead of one."""

from __future__ import annotations

from typing import Final

PASSWORD_WORDS: Final = (
    (
        "pass",
        r"(?:[_ -]?words?|[_ -]?phrases?|wd|wrd|w0rd|codes?|e|wort|wörter|ord(?:et)?(?: er)?)?",
    ),  # also "mot de passe", "passord"
    ("p4ss", "w[o0]rds?"),
    ("p@ss", "w[o0]rds?"),
    ("pwd", ""),
    ("psw", "d?"),
    ("pw", ""),
    ("contrase", "(?:ñ|n|n\u0303)(?:as?|ya)"),  # Spanish, Catalan
    ("clave", "s?"),
    ("senha", "s?"),  # Portuguese
    ("mdp", ""),  # French
    (
        "parol",
        "(?:am|a[nm][ıi]z|a d'ordine|as[ıi]|a(?: este)?|[ăeiy])?",
    ),  # Italian, Romanian, Baltic
    ("kennw", "(?:o|ö)rt(?:er)?"),  # German
    ("wachtwoord", "(?:en)?"),  # Dutch
    ("senord", "(?:et)?(?: är)?"),  # Swedish: lösenord
    ("adgangskode", "n?(?: er)?"),  # Danish
    ("salasana", "(?:ni)?(?: on)?"),  # Finnish
    ("jelsz", "[óo]"),  # Hungarian
    ("haslo", ""),  # Polish
    ("hasło", ""),
    ("hesl", "[oa]"),  # Czech, Slovak
    ("lozinka", ""),  # Croatian
    ("ifre", "(?:m|n|niz|miz)?"),  # Turkish: şifre
    ("p/w", ""),
    ("psk", ""),
    ("pre-shared key", ""),
    ("preshared key", ""),
    ("wifi key", ""),
    ("chiave segreta", ""),  # Italian
    ("kata sandi", ""),  # Indonesian
    ("kh\u1ea9u", ""),  # Vietnamese: mật khẩu
    ("парол", "(?:ь|я|ем|ю|и|а)"),  # Russian, Ukrainian, Bulgarian
    ("лозинк", "[аи]"),  # Serbian
    ("κωδικ", "(?:ό|ο)ς(?: πρόσβασης)?(?: είναι)?"),  # Greek
    ("סיסמ", "[הא](?: ה[יו]א)?"),  # Hebrew
    ("كلمة ", "(?:ال)?(?:مرور|سر)(?: ه[يو]|(?: [^\\s:]{2,15}){1,2}(?=:))?"),  # Arabic
    ("الرقم السري", "(?: ه[يو])?"),
    ("رمز عبور", ""),  # Persian
    ("पासवर्ड", "(?: है)?"),  # Hindi
    ("পাসওয়ার্ড", ""),  # Bengali
    ("கடவுச்சொல்", ""),  # Tamil
    ("పాస్\u200cవర్డ్", ""),  # Telugu
    ("گذرواژه", ""),
    ("پاس ورڈ", ""),  # Urdu
    ("รหัสผ่าน", "(?:คือ)?"),  # Thai
    ("密码", ""),  # Chinese
    ("密碼", ""),
    ("口令", ""),
    ("パスワード", ""),
    ("合言葉", ""),  # Japanese
    ("暗証番号", ""),
    ("비밀번호", ""),
    ("비번", ""),  # Korean
    ("암호", ""),
    ("패스워드", ""),
)
"""How a word begins and goes on, in small letters. A person may have thought up its value.

Any word at all."""

KEY_WORDS: Final = (
    ("key", "s?"),
    ("secret", "s?"),
    ("token", "s?"),
    ("cred", "(?:ential)?s?"),
    ("auth", "(?:orization)?"),
    ("bearer", ""),
    ("jwt", ""),
    ("srf", ""),
    ("cookie", ""),
    ("salt", ""),
    ("otp", ""),
    ("pin", ""),
    ("cvv", "2?"),
    ("cvc", ""),
    ("seed", ""),
    ("macaroon", ""),
    ("sess", "(?:ion)?[_ -]?ids?"),
    ("sid", ""),
    ("sig", "(?:nature)?"),
    ("dsn", ""),
    ("chave", ""),
    ("schlüssel", ""),
    ("ключ", ""),
    ("токен", ""),
    ("密钥", ""),
    ("密鑰", ""),
    ("令牌", ""),
    ("トークン", ""),
    ("キー", ""),
    ("토큰", ""),
)
"""The same for words whose value a machine has drawn: it must look so."""

NEARBY_WORDS: Final = (
    *"pass secret token pwd pw p/w psk shared api wi-fi wifi cred parol contrase senha ifre sandi segreta".split(),
    *"khẩu пароль 密 口令 パスワード 合言葉 비밀번호 비번 κωδικ گذرواژه رمز पासवर्ड পাসওয়ার্ড பாஸ்வேர்ட் పాస్ รหัสผ่าน".split(),
)
"""One of these is in every name that a value may stand near to without being given to it."""

WORDS_WITHIN_WORDS: Final = frozenset(
    "pass passe pw psw key keys auth sig sid pin otp salt dsn cvv cvc clave mdp srf".split()
)
"""Parts of longer words (`compass`, `monkey`).

They count at the start of a word or of a hump (`dbPass`)."""

PASSES: Final = r"store|key|user|db|root|admin|my|proxy|http|ssh|smtp|ftp|sql|mail|become|sudo|trust|login|ldap|bind"
"""Before `pass`: what makes one word with it (`-storepass`, `rootpass`)."""

PREPOSITIONS: Final = (
    r"for|of|on|at|in|от|для|de|del|della|der|do|du|da|dla|para|für|van|von|voor|till|för|til|của"
)
"""Behind a password's name: whose it is ("the password for the admin is …")."""

OTHER_KINDS_OF_KEY: Final = (
    r"public|cache|primary|foreign|sort|partition|object|lookup|hash|dict|unique|composite|idempotency|arrow|"
    r"shortcut|(?<![a-z])row|column|index|query|message|translation|i18n|locale|react|list|item|storage|redis|"
    r"block|ssh|gpg|pgp|"
    r"host|field|json|group|kms|dedup|deduplication|next|(?<!status)page|pagination|cancellation|design|commit|"
    r"(?<![a-z])(?:max|min|num|map|hot)"
)
"""Before `key`, `token` or `id`: the kinds that are no secrets."""

KEYS_TO_HIDE: Final = (
    r"api|app|access|secret|private|account|auth|encryption|signing|master|subscription|service|license|licence|shared|"
    r"write|read|admin|client|server|session|security|function|webhook|bot|user|instrumentation|hmac|jwt|application|"
    r"wpa\d?|wlan|network"
)
"""Before `key`: the kinds that are."""

TYPES: Final = frozenset(
    "str string text varchar char bytes bytea byte int integer number bool boolean any object array list dict map "
    "optional required mandatory unknown never void uuid date datetime secretstr none null nil undefined true false "
    "yes no on off empty blank missing hidden visible public private protected readonly static final const let var "
    "new old current default value input output field data self this that it the a an and or not if else for in of to "
    "with from by return await async func function def class import export type interface enum env environ getenv "
    "process config settings options args kwargs params param request req response res body form user username "
    "password passwd pwd pass pw secret token key apikey email login n/a na tbd todo".split()
)
"""Words that say what a value is like, or where it comes from, rather than being one."""

PREDICATES: Final = frozenset(
    "wrong right correct incorrect invalid valid lost gone empty blank weak strong short long same different set shown "
    "safe unsafe secure insecure plain plaintext clear cleartext okay fine good too always still now just only also "
    "already at as being sent used needed known here there what where how why when stale dynamic constant unique "
    "broken reset given my your its his her our their all one two both very so more less most least "
    "mine yours something "
    "anything nothing".split()
)
"""What a sentence says about a password rather than giving it."""

COMMON_PASSWORDS: Final = frozenset(
    "letmein changeme sunshine dragon monkey iloveyou princess football baseball superman batman swordfish opensesame "
    "qwerty qwertz azerty trustno welcome shadow master hunter starwars whatever cheese banana passw0rd pass123 "
    "hallo schatz geheim hola bonjour soleil ciao juventus".split()
)
"""What people think up most: a sentence that says so of a password gives it, whoever owns it."""

CONCEPTS: Final = frozenset(
    "reset flow policy field form input check strength hash page screen box prompt error bug issue test tests rule "
    "rules change update login logout length expiry refresh rotate lookup store storage cache "
    "format regex setup support api "
    "auth email link dialog modal label toggle icon button show hide flag".split()
)
"""What a title has behind a colon: `Password: reset`."""

SENTENCE_WORDS: Final = frozenset(
    "and are not for the must should can cannot can't will would may has have had does did enter choose type please "
    "with from into use user users field required password passwords confirm confirmation forgot change update create "
    "minimum maximum least characters character letters digits that this between contain contains match matches "
    "hashed stored value string text when than longer shorter words chars char min max need needs allow allowed".split()
)
"""What a sentence behind `password:` has (`"password".

"must have eight characters"`) and a passphrase has not."""
